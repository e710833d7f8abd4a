package org.elasticvision.convert.checkpoint;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.Unpickler;

/**
 * Unpickles tensors and plain values, and nothing else.
 *
 * <p>A pickle is a program. The library's interpreter is safe against what Python would run, but it makes a stand-in
 * for every class that it does not know, constructs some that it does know, calls {@code __setstate__} by reflection,
 * allocates whatever a length says and forgets the order of dictionaries. So {@link #dispatch} lets only harmless
 * instructions through to it: numbers, short strings, tuples, the memo. Those that name a class look it up in {@link
 * Globals} and nowhere else, those with a long length are checked against the file first, those that build
 * dictionaries, sets and lists are done here (in order, with keys that cannot be expensive to hash, in linear time),
 * and everything that torch.save does not write is refused.
 *
 * <p>What comes out is not nice yet: tuples are {@code Object[]}, integers Integer, Long or BigInteger. See {@link
 * PlainValues}. Not thread-safe.
 */
final class TensorUnpickler extends Unpickler {
    /** A tensor takes about 60 instructions. */
    private static final int MAX_INSTRUCTIONS = 1_000_000;

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
            Opcodes.EMPTY_TUPLE,
            Opcodes.TUPLE,
            Opcodes.TUPLE1,
            Opcodes.TUPLE2,
            Opcodes.TUPLE3,
            Opcodes.EMPTY_LIST,
            Opcodes.LIST,
            Opcodes.APPEND,
            Opcodes.BINPUT,
            Opcodes.LONG_BINPUT,
            Opcodes.MEMOIZE,
            Opcodes.BINGET,
            Opcodes.LONG_BINGET,
            Opcodes.BINPERSID);

    private final CheckpointFile file;
    private final PickleInput in;
    private final Map<String, Storage> storages = new LinkedHashMap<>();
    private int instructions;

    TensorUnpickler(CheckpointFile file, PickleInput in) {
        this.file = file;
        this.in = in;
    }

    /** The next pickle's value. */
    Object next() {
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
    Map<String, Storage> storages() {
        return storages;
    }

    @Override
    protected Object dispatch(short instruction) throws IOException {
        spend(1);
        switch (instruction) {
            case Opcodes.BINSTRING, Opcodes.BINBYTES, Opcodes.BINUNICODE -> in.requireCounted(Integer.BYTES);
            case Opcodes.BINBYTES8, Opcodes.BINUNICODE8, Opcodes.BYTEARRAY8 -> in.requireCounted(Long.BYTES);
            case Opcodes.REDUCE, Opcodes.NEWOBJ -> {
                // A call copies its arguments. One large list copied again and again must come to an end.
                for (Object argument : (Object[]) stack.peek()) {
                    spend(Containers.size(argument));
                }
            }
            default -> {
                if (!HARMLESS.contains(instruction)) {
                    own(instruction);
                    return NO_RETURN_VALUE;
                }
            }
        }
        return super.dispatch(instruction);
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
            case Opcodes.APPENDS, Opcodes.ADDITEMS -> {
                List<Object> items = stack.pop_all_since_marker();
                Containers.addAll(stack.peek(), items);
            }
            case Opcodes.GLOBAL -> {
                String module = in.readLine();
                stack.add(Globals.find(module, in.readLine()));
            }
            case Opcodes.STACK_GLOBAL -> {
                String name = (String) stack.pop();
                stack.add(Globals.find((String) stack.pop(), name));
            }
            case Opcodes.INST -> throw Globals.refused(in.readLine(), in.readLine());
            case Opcodes.BUILD -> {
                Object state = stack.pop();
                setState(stack.peek(), state);
            }
            default ->
                throw PickleRefusal.damaged("pickle instruction "
                        + String.format("0x%02x", instruction) + " before byte " + in.position()
                        + " is not one that torch.save writes");
        }
    }

    private void spend(int work) {
        instructions += work;
        if (instructions > MAX_INSTRUCTIONS) {
            throw PickleRefusal.tooMuch();
        }
    }

    /** What torch.save puts in the place of a storage: ('storage', type, key, location, elements[, view]). */
    @Override
    protected Object persistentLoad(Object id) {
        Arguments tuple = new Arguments("a storage reference", (Object[]) id);
        if (!tuple.get(0).equals("storage")) {
            throw PickleRefusal.damaged("refers to something where only storages can be");
        }
        DType type = tuple.get(1, TypeName.class).storageType();
        Storage storage = new Storage((String) Containers.key(tuple.get(2, String.class)), type, tuple.integer(4));
        Storage known = storages.putIfAbsent(storage.key(), storage);
        if (known != null && !known.equals(storage)) {
            throw PickleRefusal.damaged("storage " + storage.key() + " is once " + known.elements() + " " + known.type()
                    + " and once " + storage.elements() + " " + type);
        }
        if (tuple.size() > 5 && tuple.get(5) != null) {
            Arguments view = new Arguments("a storage view", (Object[]) tuple.get(5));
            long first = new Storage(storage.key(), type, view.integer(1)).bytes();
            long length = new Storage(storage.key(), type, view.integer(2)).bytes();
            return new Storage.Part(storage, first, length);
        }
        return new Storage.Part(storage, 0, storage.bytes());
    }

    /** An OrderedDict's attributes (state dicts carry version numbers in {@code _metadata}) are not needed. */
    private static void setState(Object target, Object state) {
        if (target instanceof NumpyType type) {
            type.setState((Object[]) state);
        } else if (!(target instanceof Map)) {
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
