package org.elasticvision.convert.checkpoint;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The form that torch.save writes since PyTorch 1.6: a zip file with {@code data.pkl} and an entry for each storage.
 */
final class ZipFormat {
    private static final String PICKLE = "data.pkl";

    private ZipFormat() {}

    static Contents read(CheckpointFile file) {
        ZipDirectory zip = ZipDirectory.read(file);
        String folder = folder(file, zip);
        if (zip.contains(folder + "constants.pkl")) {
            throw file.problem("a TorchScript program, not a checkpoint; save model.state_dict() with torch.save");
        }
        Region pickle = zip.region(folder + PICKLE);
        PickleInput in = new PickleInput(
                file,
                pickle.offset(),
                pickle.offset() + pickle.length(),
                "damaged: its list of tensors, " + PICKLE + ", ends too early; download it again");
        TensorUnpickler unpickler = new TensorUnpickler(file, in);
        Object root = unpickler.next();
        Map<String, Region> regions = new HashMap<>();
        for (Storage storage : unpickler.storages().values()) {
            regions.put(storage.key(), region(file, zip, folder, storage));
        }
        return new Contents(root, regions, byteOrder(file, zip, folder));
    }

    /** Everything is in one folder, which is named after the file that was first written. */
    private static String folder(CheckpointFile file, ZipDirectory zip) {
        List<String> pickles = zip.names().stream()
                .filter(name -> name.equals(PICKLE)
                        || (name.endsWith("/" + PICKLE) && name.indexOf('/') == name.lastIndexOf('/')))
                .toList();
        if (pickles.size() != 1) {
            throw file.problem("a zip file, but not one that torch.save wrote: it has " + pickles.size()
                    + " entries named " + PICKLE + "; if a checkpoint is in it, unpack it first");
        }
        return pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
    }

    private static Region region(CheckpointFile file, ZipDirectory zip, String folder, Storage storage) {
        String name = folder + "data/" + storage.key();
        if (!zip.contains(name)) {
            throw file.problem("damaged: its storage " + name + " is missing; download it again");
        }
        Region region = zip.region(name);
        if (region.length() != storage.bytes()) {
            throw file.problem("damaged: its storage " + name + " has " + region.length() + " bytes, expected "
                    + storage.bytes() + "; download it again");
        }
        return region;
    }

    private static ByteOrder byteOrder(CheckpointFile file, ZipDirectory zip, String folder) {
        String name = folder + "byteorder";
        if (!zip.contains(name)) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        Region region = zip.region(name);
        String order = region.length() > 16
                ? "?"
                : StandardCharsets.ISO_8859_1
                        .decode(file.read(region.offset(), (int) region.length()))
                        .toString();
        return switch (order) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw file.problem("damaged: its byte order is '" + order + "', not little or big");
        };
    }
}
