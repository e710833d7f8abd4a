package org.elasticvision.convert.checkpoint;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.checkpoint.file.CheckpointFile;
import org.elasticvision.convert.checkpoint.file.Region;
import org.elasticvision.convert.checkpoint.file.StorageBytes;
import org.elasticvision.convert.checkpoint.file.ZipDirectory;
import org.elasticvision.convert.checkpoint.file.ZipEntryBytes;
import org.elasticvision.convert.checkpoint.file.ZipKind;
import org.elasticvision.convert.checkpoint.pickle.PickleInput;
import org.elasticvision.convert.checkpoint.pickle.TensorUnpickler;
import org.elasticvision.convert.checkpoint.pickle.value.Storage;
import org.elasticvision.convert.checkpoint.tensor.Contents;

/**
 * The form that torch.save writes since PyTorch 1.6: a zip file with {@code data.pkl} and an entry for each storage.
 */
final class ZipFormat {
    private static final String PICKLE = "data.pkl";

    /** Files of PyTorch have three to six entries beside the storages. */
    private static final int COMPARED = 8;

    /** A compressed list of tensors is unpacked in memory. */
    private static final long MAX_UNPACKED = 16L << 20;

    private ZipFormat() {}

    static Contents read(CheckpointFile file) {
        ZipDirectory zip = ZipDirectory.read(file);
        String folder = ZipKind.folder(file, zip);
        if (!hasChecksums(zip, folder + PICKLE)) {
            zip.trust();
        }
        TensorUnpickler unpickler = new TensorUnpickler(file, input(file, zip, folder + PICKLE));
        Object root = unpickler.next();
        Map<String, StorageBytes> storages = new HashMap<>();
        for (Storage storage : unpickler.storages().values()) {
            storages.put(storage.key(), storage(file, zip, folder, storage));
        }
        return new Contents(root, storages, byteOrder(file, zip, folder));
    }

    /**
     * Whether the checksums of the file are meant: PyTorch can be told to leave them out, and then not one of them is
     * right. If one is, the others count.
     */
    private static boolean hasChecksums(ZipDirectory zip, String pickle) {
        if (zip.entry(pickle).agrees()) {
            return true;
        }
        List<String> others = zip.smallestFirst();
        return others.stream()
                .filter(name -> !name.equals(pickle) && !name.endsWith("/"))
                .map(zip::entry)
                .filter(entry -> entry.size() > 0)
                .limit(COMPARED)
                .anyMatch(ZipEntryBytes::agrees);
    }

    private static PickleInput input(CheckpointFile file, ZipDirectory zip, String name) {
        String atEnd = "damaged: its list of tensors, " + PICKLE + ", ends too early; download it again";
        ZipEntryBytes pickle = zip.entry(name);
        Optional<Region> stored = zip.stored(name);
        if (stored.isPresent()) {
            pickle.open(0).close();
            return new PickleInput(
                    file,
                    stored.get().offset(),
                    stored.get().offset() + stored.get().length(),
                    atEnd);
        }
        if (pickle.size() > Math.max(MAX_UNPACKED, file.size())) {
            throw file.problem("its list of tensors, " + PICKLE + ", is larger than any network needs; save only"
                    + " model.state_dict()");
        }
        return new PickleInput(file, pickle.read(), atEnd);
    }

    private static ZipEntryBytes storage(CheckpointFile file, ZipDirectory zip, String folder, Storage storage) {
        String name = folder + "data/" + storage.key();
        if (!zip.contains(name)) {
            throw file.problem("damaged: its storage " + name + " is missing; download it again");
        }
        ZipEntryBytes entry = zip.entry(name);
        if (entry.size() != storage.bytes()) {
            throw file.problem("damaged: its storage " + name + " has " + entry.size() + " bytes, expected "
                    + storage.bytes() + "; download it again");
        }
        return entry;
    }

    private static ByteOrder byteOrder(CheckpointFile file, ZipDirectory zip, String folder) {
        String name = folder + "byteorder";
        if (!zip.contains(name)) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        ZipEntryBytes entry = zip.entry(name);
        String order = entry.size() > 16
                ? "?"
                : StandardCharsets.ISO_8859_1.decode(entry.read()).toString();
        return switch (order) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw file.problem("damaged: its byte order is '" + order + "', not little or big");
        };
    }
}
