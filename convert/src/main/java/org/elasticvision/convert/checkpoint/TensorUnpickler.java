package org.elasticvision.convert.checkpoint;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
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
 * <p>A pickle is a program. The library's interpreter is safe against what Python would run, but it makes a stand-in for
 * every class that it does not know, constructs some that it does know, calls {@code __setstate__} by reflection,
 * allocates whatever a length says and forgets the order of dictionaries. So {@link #dispatch} lets only harmless
 * instructions through to it: numbers, short strings, tuples, the memo. Those that name a class look it up in {@link
 * Globals} and nowhere else, those with a long length are checked against the file first, those that build dictionaries,
 * sets and lists are done here (in order, with keys that cannot be expensive to hash, in linear time), and everything
 * that torch.save does not write is refused.
 *
 * <p>What comes out is not nice yet: tuples are {@code Object[]}, integers Integer, Long or BigInteger. See {@link
 * PlainValues}. Not thread-safe.
 */
final class TensorUnpickler extends Unpickler {
    /** A tensor takes about 60 instructions. */
    private static final int MAX_INSTRUCTIONS = 2_000_000;

    private static final int MAX_KEY = 1024;

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
        } catch (PickleException e) {
            throw new CheckpointException(file.path(), String.valueOf(e.getMessage()), e);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // The library trusts its input: an empty stack or a wrong type shows as whatever Java throws.
            throw new CheckpointException(file.path(), "damaged near byte " + in.position() + "; download it again", e);
        }
    }

    /** The storages that the pickles so far refer to, by key. */
    Map<String, Storage> storages() {
        return storages;
    }

    @Override
    protected Object dispatch(short instruction) throws IOException {
        spend(1);
        return switch (instruction) {
            case Opcodes.PROTO, Opcodes.FRAME, Opcodes.STOP, Opcodes.MARK, Opcodes.POP, Opcodes.DUP ->
                super.dispatch(instruction);
            case Opcodes.NONE, Opcodes.NEWTRUE, Opcodes.NEWFALSE -> super.dispatch(instruction);
            case Opcodes.BININT, Opcodes.BININT1, Opcodes.BININT2, Opcodes.LONG1, Opcodes.BINFLOAT ->
                super.dispatch(instruction);
            case Opcodes.SHORT_BINSTRING, Opcodes.SHORT_BINBYTES, Opcodes.SHORT_BINUNICODE ->
                super.dispatch(instruction);
            case Opcodes.EMPTY_TUPLE, Opcodes.TUPLE, Opcodes.TUPLE1, Opcodes.TUPLE2, Opcodes.TUPLE3 ->
                super.dispatch(instruction);
            case Opcodes.EMPTY_LIST, Opcodes.LIST, Opcodes.APPEND -> super.dispatch(instruction);
            case Opcodes.BINPUT, Opcodes.LONG_BINPUT, Opcodes.MEMOIZE -> super.dispatch(instruction);
            case Opcodes.BINGET, Opcodes.LONG_BINGET, Opcodes.BINPERSID -> super.dispatch(instruction);
            case Opcodes.BINSTRING, Opcodes.BINBYTES, Opcodes.BINUNICODE -> {
                in.requireCounted(Integer.BYTES);
                yield super.dispatch(instruction);
            }
            case Opcodes.BINBYTES8, Opcodes.BINUNICODE8, Opcodes.BYTEARRAY8 -> {
                in.requireCounted(Long.BYTES);
                yield super.dispatch(instruction);
            }
            case Opcodes.REDUCE, Opcodes.NEWOBJ -> {
                for (Object argument : (Object[]) stack.peek()) {
                    spend(size(argument));
                }
                yield super.dispatch(instruction);
            }
            case Opcodes.INST -> throw Globals.refused(in.readLine(), in.readLine());
            default -> {
                own(instruction);
                yield NO_RETURN_VALUE;
            }
        };
    }

    /** The instructions that the library does not do well enough. */
    private void own(short instruction) {
        switch (instruction) {
            case Opcodes.INT, Opcodes.LONG -> stack.add(integer(in.readLine()));
            case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
            case Opcodes.EMPTY_SET -> stack.add(new LinkedHashSet<>());
            case Opcodes.DICT -> stack.add(putAll(new LinkedHashMap<>(), stack.pop_all_since_marker()));
            case Opcodes.FROZENSET -> stack.add(addAll(new LinkedHashSet<>(), stack.pop_all_since_marker()));
            case Opcodes.SETITEM -> {
                Object value = stack.pop();
                Object key = stack.pop();
                putAll(stack.peek(), Arrays.asList(key, value));
            }
            case Opcodes.SETITEMS -> {
                List<Object> entries = stack.pop_all_since_marker();
                putAll(stack.peek(), entries);
            }
            case Opcodes.APPENDS, Opcodes.ADDITEMS -> {
                List<Object> items = stack.pop_all_since_marker();
                addAll(stack.peek(), items);
            }
            case Opcodes.GLOBAL -> {
                String module = in.readLine();
                stack.add(Globals.find(module, in.readLine()));
            }
            case Opcodes.STACK_GLOBAL -> {
                String name = (String) stack.pop();
                stack.add(Globals.find((String) stack.pop(), name));
            }
            case Opcodes.BUILD -> {
                Object state = stack.pop();
                setState(stack.peek(), state);
            }
            default ->
                throw new PickleException("damaged, or not written by torch.save: pickle instruction "
                        + String.format("0x%02x", instruction) + " before byte " + in.position()
                        + " is not one of those that tensors need");
        }
    }

    /** A call copies what it is given: a file that has one large list copied again and again must come to an end. */
    private void spend(int work) {
        instructions += work;
        if (instructions > MAX_INSTRUCTIONS) {
            throw new PickleException("holds more values than any network needs; save only model.state_dict()");
        }
    }

    private static int size(Object value) {
        if (value instanceof Collection<?> collection) {
            return collection.size();
        }
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        if (value instanceof Object[] tuple) {
            return tuple.length;
        }
        if (value instanceof String text) {
            return text.length() / 16;
        }
        return 0;
    }

    /** What torch.save puts in the place of a storage: ('storage', type, key, location, elements[, view]). */
    @Override
    protected Object persistentLoad(Object id) {
        Arguments tuple = new Arguments("a storage reference", (Object[]) id);
        if (!tuple.get(0).equals("storage")) {
            throw new PickleException("damaged: refers to a '" + tuple.get(0) + "' where only storages can be");
        }
        DType type = tuple.get(1, TypeName.class).storageType();
        Storage storage = new Storage((String) key(tuple.get(2, String.class)), type, tuple.integer(4));
        Storage known = storages.putIfAbsent(storage.key(), storage);
        if (known != null && !known.equals(storage)) {
            throw new PickleException("damaged: storage " + storage.key() + " is once " + known.elements() + " "
                    + known.type() + " and once " + storage.elements() + " " + type);
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
            throw new PickleException("damaged: sets attributes of something that has none");
        }
    }

    private static Object putAll(Object target, List<Object> entries) {
        @SuppressWarnings("unchecked")
        Map<Object, Object> map = (Map<Object, Object>) target;
        for (int i = 0; i < entries.size(); i += 2) {
            map.put(key(entries.get(i)), entries.get(i + 1));
        }
        return map;
    }

    private static Object addAll(Object target, List<Object> items) {
        if (target instanceof Set) {
            @SuppressWarnings("unchecked")
            Set<Object> set = (Set<Object>) target;
            items.forEach(item -> set.add(key(item)));
        } else {
            @SuppressWarnings("unchecked")
            List<Object> list = (List<Object>) target;
            list.addAll(items);
        }
        return target;
    }

    /** Only values that are quick to hash and compare: a key that doubles itself a hundred times would never be done. */
    static Object key(Object key) {
        if (key instanceof String text && text.length() > MAX_KEY) {
            throw new PickleException(
                    "has a name of " + text.length() + " characters, at most " + MAX_KEY + " can be right");
        }
        if (key instanceof Integer integer) {
            return integer.longValue();
        }
        if (key == null
                || key instanceof String
                || key instanceof Long
                || key instanceof BigInteger
                || key instanceof Double
                || key instanceof Boolean) {
            return key;
        }
        throw new PickleException("has a dictionary or set with keys that are neither text nor numbers;"
                + " save only model.state_dict()");
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
