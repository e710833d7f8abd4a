package org.elasticvision.convert.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.checkpoint.file.CheckpointFile;
import org.elasticvision.convert.checkpoint.file.Region;
import org.elasticvision.convert.checkpoint.file.StorageBytes;
import org.elasticvision.convert.checkpoint.pickle.PickleInput;
import org.elasticvision.convert.checkpoint.pickle.TensorUnpickler;
import org.elasticvision.convert.checkpoint.pickle.value.Descriptions;
import org.elasticvision.convert.checkpoint.pickle.value.Storage;
import org.elasticvision.convert.checkpoint.tensor.Contents;

/**
 * The form that torch.save wrote before PyTorch 1.6, and that the published Elastic weights have: five pickles (magic
 * number, protocol version, facts about the machine, the value, the keys of the storages), then for each key an int64
 * count and the elements. All of it is little-endian, whatever machine wrote it.
 */
final class LegacyFormat {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL = 1001;

    private LegacyFormat() {}

    static Contents read(CheckpointFile file) {
        PickleInput in = new PickleInput(
                file,
                0,
                file.size(),
                "cut off: it has " + file.size() + " bytes and ends inside its list of tensors; download it again");
        TensorUnpickler unpickler = new TensorUnpickler(file, in);
        if (!MAGIC.equals(unpickler.next())) {
            throw file.problem(
                    "a Python pickle, but not one that torch.save wrote; save model.state_dict() with torch.save");
        }
        if (!(unpickler.next() instanceof Number protocol) || protocol.longValue() != PROTOCOL) {
            throw file.problem(
                    "damaged, or of a PyTorch version that is not known; save it again with a current PyTorch");
        }
        unpickler.next();
        Object root = unpickler.next();
        if (!(unpickler.next() instanceof List<?> keys) || !keys.stream().allMatch(String.class::isInstance)) {
            throw file.problem("damaged: the list of its storages is missing; download it again");
        }
        for (Object key : keys) {
            String type = unpickler.unknownStorages().get(key);
            if (type != null) {
                throw file.problem("has a storage of Python's '" + Descriptions.shortened(type)
                        + "', and where the next one begins cannot be told; save only model.state_dict()");
            }
        }
        return new Contents(root, storages(file, keys, unpickler.storages(), in.position()), ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes the same, as PyTorch 1.13 does on a machine of 64 bits. */
    static void write(OutputStream out, PickleWriter pickle) throws IOException {
        out.write(PickleWriter.of(MAGIC, CheckpointForm.LEGACY).bytes());
        out.write(PickleWriter.of(PROTOCOL, CheckpointForm.LEGACY).bytes());
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("protocol_version", PROTOCOL);
        machine.put("little_endian", true);
        Map<String, Object> sizes = new LinkedHashMap<>();
        sizes.put("short", 2);
        sizes.put("int", 4);
        sizes.put("long", 4);
        machine.put("type_sizes", sizes);
        out.write(PickleWriter.of(machine, CheckpointForm.LEGACY).bytes());
        out.write(pickle.bytes());
        List<String> keys = IntStream.range(0, pickle.tensors().size())
                .mapToObj(Integer::toString)
                .toList();
        out.write(PickleWriter.of(keys, CheckpointForm.LEGACY).bytes());
        for (PickleWriter.Named named : pickle.tensors()) {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(0, named.tensor().elementCount())
                    .array());
            named.tensor().load(named.path()).accept(out);
        }
    }

    private static Map<String, StorageBytes> storages(
            CheckpointFile file, List<?> keys, Map<String, Storage> declared, long start) {
        Map<String, StorageBytes> found = new HashMap<>();
        long position = start;
        for (Object key : keys) {
            Storage storage = declared.get(key);
            if (storage == null) {
                throw file.problem("damaged: no tensor uses its storage " + key + "; download it again");
            }
            if (position > file.size() - Long.BYTES) {
                throw cut(file, keys, declared, start);
            }
            long elements = file.read(position, Long.BYTES).getLong();
            if (elements != storage.elements()) {
                throw file.problem("damaged: storage " + key + " says that it has " + elements
                        + " elements, its tensors that it has " + storage.elements() + "; download it again");
            }
            position += Long.BYTES;
            if (storage.bytes() > file.size() - position) {
                throw cut(file, keys, declared, start);
            }
            found.put(storage.key(), StorageBytes.in(file, new Region(position, storage.bytes())));
            position += storage.bytes();
        }
        for (String key : declared.keySet()) {
            if (!found.containsKey(key)) {
                throw file.problem("damaged: its storage " + key + " is missing; download it again");
            }
        }
        return found;
    }

    private static CheckpointException cut(
            CheckpointFile file, List<?> keys, Map<String, Storage> declared, long start) {
        long expected = start;
        for (Object key : keys) {
            long bytes = declared.containsKey(key) ? declared.get(key).bytes() : 0;
            expected = expected > Long.MAX_VALUE - Long.BYTES - bytes ? Long.MAX_VALUE : expected + Long.BYTES + bytes;
        }
        return file.problem("cut off: expected " + expected + " bytes, has " + file.size() + "; download it again");
    }
}
