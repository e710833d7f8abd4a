package org.elasticvision.convert.checkpoint.pickle;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.Unpickler;
import org.elasticvision.convert.checkpoint.PlainValues;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.checkpoint.file.CheckpointFile;
import org.elasticvision.convert.checkpoint.pickle.value.Arguments;
import org.elasticvision.convert.checkpoint.pickle.value.NumpyType;
import org.elasticvision.convert.checkpoint.pickle.value.PickleRefusal;
import org.elasticvision.convert.checkpoint.pickle.value.RawObject;
import org.elasticvision.convert.checkpoint.pickle.value.Storage;
import org.elasticvision.convert.checkpoint.pickle.value.TensorView;
import org.elasticvision.convert.checkpoint.pickle.value.TypeName;

/**
 * Unpickles tensors and plain values; everything else it only notes, as {@link RawObject}.
 *
 * <p>A pickle is a program. The library's interpreter is safe against what Python would run, but it makes a stand-in
 * for every class that it does not know, constructs some that it does know, calls {@code __setstate__} by reflection,
 * allocates whatever a length says and forgets the order of dictionaries. So {@link #dispatch} lets only harmless
 * instructions through to it: numbers, short strings, tuples, the memo. Those that name a class look it up in {@link
 * Globals} and nowhere else, those with a long length are checked against the file first, those that build
 * dictionaries, sets, lists and objects are done here (in order, with keys that cannot be expensive to hash, in linear
 * time), and everything that torch.save does not write is refused.
 *
 * <p>What comes out is not nice yet: tuples are {@code Object[]}, integers Integer, Long or BigInteger. See {@link
 * PlainValues}. Not thread-safe.
 */
public final class TensorUnpickler extends Unpickler {
    /** A tensor takes about 60 instructions. */
    private static final long FREE_WORK = 1_000_000;

    private static final long MAX_WORK = 16_000_000;

    /** As a list of small numbers has. */
    private static final int BYTES_PER_WORK = 2;

    /** A list, dictionary or object takes more memory than a number. */
    private static final int CONTAINER_WORK = 2;

    private static final Set<Short> HARMLESS = Set.of(
            Opcodes.PROTO,
            Opcodes.FRAME,
            Opcodes.STOP,
            Opcodes.MARK,
            Opcodes.POP,
            Opcodes.DUP,
            Opcodes.NONE,
            Opcodes.NEWTRUE,
            Opcodes.NEWFALSE,
            Opcodes.BININT,
            Opcodes.BININT1,
            Opcodes.BININT2,
            Opcodes.LONG1,
            Opcodes.BINFLOAT,
            Opcodes.SHORT_BINSTRING,
            Opcodes.SHORT_BINBYTES,
            Opcodes.SHORT_BINUNICODE,
            Opcodes.POP_MARK,
            Opcodes.EMPTY_TUPLE,
            Opcodes.TUPLE,
            Opcodes.TUPLE1,
            Opcodes.TUPLE2,
            Opcodes.TUPLE3,
            Opcodes.EMPTY_LIST,
            Opcodes.LIST,
            Opcodes.BINPUT,
            Opcodes.LONG_BINPUT,
            Opcodes.MEMOIZE,
            Opcodes.BINGET,
            Opcodes.LONG_BINGET,
            Opcodes.BINPERSID);

    private final CheckpointFile file;
    private final PickleInput in;
    private final Map<String, Storage> storages = new LinkedHashMap<>();
    private final Map<String, String> unknownStorages = new HashMap<>();
    private final long budget;
    private long work;

    public TensorUnpickler(CheckpointFile file, PickleInput in) {
        this.file = file;
        this.in = in;
        this.budget = budget(Math.max(file.size(), in.length()));
    }

    /** How much work, and how many values, a file is worth: long lists need long files. */
    private static long budget(long bytes) {
        return Math.min(MAX_WORK, FREE_WORK + bytes / BYTES_PER_WORK);
    }

    /** The next pickle's value. */
    public Object next() {
        try {
            return load(in);
        } catch (CheckpointException e) {
            throw e;
        } catch (PickleRefusal e) {
            throw new CheckpointException(file.path(), e.getMessage(), e);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // The library trusts its input: an empty stack or a wrong type shows as whatever Java throws.
            String detail = e instanceof PickleException ? " (" + e.getMessage() + ")" : "";
            throw new CheckpointException(
                    file.path(), "damaged near byte " + in.position() + detail + "; download it again", e);
        }
    }

    /** The storages that the pickles so far refer to, by key. */
    public Map<String, Storage> storages() {
        return storages;
    }

    /** By key, what the storages are called whose elements have no known size. */
    public Map<String, String> unknownStorages() {
        return unknownStorages;
    }

    @Override
    protected Object dispatch(short instruction) throws IOException {
        spend(1);
        switch (instruction) {
            case Opcodes.BINSTRING, Opcodes.BINUNICODE -> {
                if (leftInFile(Integer.BYTES, "str")) {
                    return NO_RETURN_VALUE;
                }
            }
            case Opcodes.BINUNICODE8 -> {
                if (leftInFile(Long.BYTES, "str")) {
                    return NO_RETURN_VALUE;
                }
            }
            case Opcodes.BINBYTES -> {
                if (leftInFile(Integer.BYTES, "bytes")) {
                    return NO_RETURN_VALUE;
                }
            }
            case Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> {
                if (leftInFile(Long.BYTES, "bytes")) {
                    return NO_RETURN_VALUE;
                }
            }
            default -> {
                if (!HARMLESS.contains(instruction)) {
                    spend(CONTAINER_WORK - 1);
                    own(instruction);
                    return NO_RETURN_VALUE;
                }
            }
        }
        return super.dispatch(instruction);
    }

    /** Passes over a text or byte string that is too long to be kept. */
    private boolean leftInFile(int lengthBytes, String type) {
        long length = in.requireCounted(lengthBytes);
        if (length > 0) {
            stack.add(RawObject.unread(
                    "builtins." + type, new Object[0], "a value of Python's '" + type + "' of " + length + " bytes"));
        }
        return length > 0;
    }

    /** The instructions that the library does too trustingly, too slowly or in any order. */
    private void own(short instruction) {
        switch (instruction) {
            case Opcodes.INT, Opcodes.LONG -> stack.add(integer(in.readLine()));
            case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
            case Opcodes.EMPTY_SET -> stack.add(new LinkedHashSet<>());
            case Opcodes.DICT -> stack.add(Containers.putAll(new LinkedHashMap<>(), stack.pop_all_since_marker()));
            case Opcodes.FROZENSET -> stack.add(Containers.addAll(new LinkedHashSet<>(), stack.pop_all_since_marker()));
            case Opcodes.SETITEM -> {
                Object value = stack.pop();
                Object key = stack.pop();
                Containers.putAll(stack.peek(), Arrays.asList(key, value));
            }
            case Opcodes.SETITEMS -> {
                List<Object> entries = stack.pop_all_since_marker();
                Containers.putAll(stack.peek(), entries);
            }
            case Opcodes.APPEND -> {
                Object item = stack.pop();
                Containers.addAll(stack.peek(), Collections.singletonList(item));
            }
            case Opcodes.APPENDS, Opcodes.ADDITEMS -> {
                List<Object> items = stack.pop_all_since_marker();
                Containers.addAll(stack.peek(), items);
            }
            case Opcodes.GLOBAL,
                    Opcodes.STACK_GLOBAL,
                    Opcodes.REDUCE,
                    Opcodes.NEWOBJ,
                    Opcodes.NEWOBJ_EX,
                    Opcodes.OBJ,
                    Opcodes.INST,
                    Opcodes.BUILD -> object(instruction);
            case Opcodes.PERSID, Opcodes.PUT, Opcodes.GET, Opcodes.UNICODE, Opcodes.STRING, Opcodes.FLOAT ->
                throw new PickleRefusal("saved with pickle protocol 0, with which PyTorch writes tensors that it cannot"
                        + " read itself; save it again without pickle_protocol");
            default ->
                throw PickleRefusal.damaged("pickle instruction "
                        + String.format("0x%02x", instruction) + " before byte " + in.position()
                        + " is not one that torch.save writes");
        }
    }

    /** The instructions that name classes and functions and make objects of them. */
    private void object(short instruction) {
        switch (instruction) {
            case Opcodes.GLOBAL -> {
                String module = in.readLine();
                stack.add(Globals.find(module, in.readLine()));
            }
            case Opcodes.STACK_GLOBAL -> {
                String name = (String) stack.pop();
                stack.add(Globals.find((String) stack.pop(), name));
            }
            case Opcodes.REDUCE, Opcodes.NEWOBJ -> {
                Object[] arguments = (Object[]) stack.pop();
                stack.add(made(stack.pop(), arguments));
            }
            case Opcodes.NEWOBJ_EX -> {
                Map<?, ?> named = (Map<?, ?>) stack.pop();
                Object[] arguments = (Object[]) stack.pop();
                stack.add(made(stack.pop(), arguments, named));
            }
            case Opcodes.OBJ -> {
                List<Object> parts = stack.pop_all_since_marker();
                stack.add(made(parts.get(0), parts.subList(1, parts.size()).toArray()));
            }
            case Opcodes.INST -> {
                String module = in.readLine();
                Object called = Globals.find(module, in.readLine());
                stack.add(made(called, stack.pop_all_since_marker().toArray()));
            }
            default -> {
                Object state = stack.pop();
                setState(stack.peek(), state);
            }
        }
    }

    private Object made(Object called, Object[] arguments) {
        if (called instanceof RawObject object) {
            return RawObject.made(object.name(), arguments);
        }
        if (called instanceof KnownCall call) {
            // A call copies its arguments. One large list copied again and again must come to an end.
            for (Object argument : arguments) {
                spend(Containers.size(argument));
            }
            return call.construct(arguments);
        }
        throw PickleRefusal.damaged("calls something that is not a function");
    }

    private static Object made(Object called, Object[] arguments, Map<?, ?> named) {
        if (!(called instanceof RawObject object)) {
            throw PickleRefusal.damaged("names the arguments of a call that has none with names (instruction 0x92)");
        }
        Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = named;
        return RawObject.made(object.name(), all);
    }

    private void spend(int units) {
        work += units;
        if (work > budget) {
            throw PickleRefusal.tooMuch();
        }
    }

    /** What torch.save puts in the place of a storage: ('storage', type, key, location, elements[, view]). */
    @Override
    protected Object persistentLoad(Object id) {
        Arguments tuple = new Arguments("a storage reference", (Object[]) id);
        if ("module".equals(tuple.get(0)) && tuple.size() == 4) {
            // Old files put the source text of a network's class beside the class.
            return tuple.get(1);
        }
        if (!"storage".equals(tuple.get(0))) {
            throw PickleRefusal.damaged("refers to something where only storages can be");
        }
        if (tuple.get(1) instanceof RawObject unknown) {
            unknownStorages.put((String) Containers.key(tuple.get(2, String.class)), unknown.name());
            return RawObject.unread(
                    unknown.name(), new Object[0], "a storage of Python's '" + unknown.name() + "', which is not read");
        }
        TypeName type = tuple.get(1, TypeName.class).storage();
        Storage storage = new Storage((String) Containers.key(tuple.get(2, String.class)), type, tuple.integer(4));
        Storage known = storages.putIfAbsent(storage.key(), storage);
        if (known != null && !known.agreesWith(storage)) {
            throw PickleRefusal.damaged("storage " + storage.key() + " is once " + known + " and once " + storage);
        }
        if (tuple.size() > 5 && tuple.get(5) != null) {
            Arguments view = new Arguments("a storage view", (Object[]) tuple.get(5));
            long first = new Storage(storage.key(), type, view.integer(1)).bytes();
            long length = new Storage(storage.key(), type, view.integer(2)).bytes();
            return new Storage.Part(storage, first, length);
        }
        return new Storage.Part(storage, 0, storage.bytes());
    }

    /**
     * Attributes of an OrderedDict (state dicts carry version numbers in {@code _metadata}) and of a parameter (of files
     * before PyTorch 0.4, about its gradient) are not needed.
     */
    private static void setState(Object target, Object state) {
        if (target instanceof RawObject object) {
            object.setState(state);
        } else if (target instanceof NumpyType type) {
            type.setState((Object[]) state);
        } else if (!(target instanceof Map || target instanceof TensorView)) {
            throw PickleRefusal.damaged("sets attributes of something that has none");
        }
    }

    private static Object integer(String line) {
        return switch (line) {
            case "00" -> false;
            case "01" -> true;
            default -> {
                BigInteger number = new BigInteger(line.endsWith("L") ? line.substring(0, line.length() - 1) : line);
                yield number.bitLength() < Long.SIZE ? number.longValue() : number;
            }
        };
    }
}
