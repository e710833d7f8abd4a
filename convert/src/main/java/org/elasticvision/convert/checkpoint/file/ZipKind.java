package org.elasticvision.convert.checkpoint.file;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Tells by its entries whether a zip file is one of torch.save, and what it is if not. */
public final class ZipKind {
    private static final String PICKLE = "data.pkl";

    /** What macOS puts beside the files when it packs a folder. */
    private static final String MAC_COPIES = "__MACOSX/";

    private record Sign(Pattern entry, String problem) {
        Sign(String entry, String problem) {
            this(Pattern.compile(entry), problem);
        }
    }

    private static final List<Sign> OTHERS = List.of(
            new Sign(
                    "(.*/)?\\.data/extern_modules",
                    "a package of torch.package, not a checkpoint; save model.state_dict() with torch.save"),
            new Sign(
                    "(.*/)?(models/.*\\.json|serialized_exported_program\\.json|archive_format)",
                    "a program that torch.export saved (.pt2), not a checkpoint; save model.state_dict() with torch.save"),
            new Sign(
                    ".*\\.npy",
                    "a NumPy archive (.npz), not a PyTorch file; save the arrays as tensors with torch.save"),
            new Sign("(.*/)?MAR-INF/.*", "a TorchServe archive (.mar); unpack it and give the checkpoint in it"),
            new Sign("model\\.weights\\.h5", "a Keras file, not a PyTorch file; give the file that torch.save wrote"),
            new Sign("\\[Content_Types\\]\\.xml", "an Office document; give the file that torch.save wrote"),
            new Sign(
                    ".*\\.distcp",
                    "a distributed checkpoint in a zip file; unpack it, and join its parts with"
                            + " torch.distributed.checkpoint.format_utils.dcp_to_torch_save(folder, file)"));

    private static final Pattern INSIDE = Pattern.compile("(?i).*\\.(pth|pt|tar|ckpt|bin|model|safetensors|onnx|gz)");

    private ZipKind() {}

    /**
     * The folder in which everything is, ending with a slash unless it is the archive's root: named after the file that
     * was first written, and further in where somebody packed it again.
     *
     * @throws CheckpointException if torch.save did not write the file; the message says what it is
     */
    public static String folder(CheckpointFile file, ZipDirectory zip) {
        Set<String> names = zip.names();
        List<String> pickles = names.stream()
                .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
                .filter(name -> !name.startsWith(MAC_COPIES))
                .toList();
        if (pickles.size() != 1) {
            throw file.problem(other(names, pickles.size()));
        }
        String folder = pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
        if (zip.contains(folder + "constants.pkl")) {
            throw file.problem("a TorchScript program, not a checkpoint; save its weights as a state dict with"
                    + " torch.save(torch.jit.load(file).state_dict(), …)");
        }
        return folder;
    }

    private static String other(Set<String> names, int pickles) {
        for (Sign sign : OTHERS) {
            if (names.stream().anyMatch(sign.entry.asMatchPredicate())) {
                return sign.problem;
            }
        }
        if (pickles > 1) {
            return "a zip file with " + pickles + " entries named " + PICKLE + ", as of several checkpoints; unpack it"
                    + " and pack each folder with a " + PICKLE + " by itself, without compression (zip -0 -r)";
        }
        Predicate<String> isFile = name -> !name.startsWith(MAC_COPIES) && !name.endsWith("/");
        List<String> inside =
                names.stream().filter(isFile.and(INSIDE.asMatchPredicate())).toList();
        if (!inside.isEmpty()) {
            return "a zip file with " + inside.get(0)
                    + (inside.size() > 1 ? " and " + (inside.size() - 1) + " more such files" : "")
                    + " in it; unpack it first";
        }
        return "a zip file, but not one that torch.save wrote: it has no entry " + PICKLE + " but "
                + names.stream().filter(isFile).limit(3).toList() + (names.size() > 3 ? " and others" : "")
                + "; give the file that torch.save wrote";
    }
}
