package org.elasticvision.convert.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people give in place of a checkpoint is called by its name. */
class OtherFilesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            '\\357\\273\\277<!DOCTYPE html><html>' | a web page (HTML)
            '\\377\\376<\\0h\\0t\\0m\\0l\\0>\\0' | a web page (HTML)
            '<?xml version="1.0"?><Error><Code>AccessDenied' | an XML text
            '{"metadata": {"total_size": 1}, "weight_map": {}}' | a JSON index of a checkpoint in several parts
            '{"epoch": 3}' | JSON text
            '\\010\\007\\022\\007pytorch\\032' | an ONNX model already
            '(dp0\\nVstate_dict\\np1\\n' | a Python pickle of protocol 0
            '(lp0\\n' | a Python pickle of protocol 0
            'ccollections\\nOrderedDict\\np0\\n' | a Python pickle of protocol 0
            '\\223NUMPY' | a NumPy array
            'GGUF' | a GGUF file
            '\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0' | nothing but zeros
            'version https://git-lfs.github.com/spec/v1' | a Git LFS pointer
            """)
    void aFileOfAnotherKind(String head, String what) throws IOException {
        String bytes = head.translateEscapes();
        refused(Files.write(path(), bytes.getBytes(StandardCharsets.ISO_8859_1)), what);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            a.npy                          | a NumPy archive
            m/.data/extern_modules         | a package of torch.package
            m/models/model.json            | a program that torch.export saved
            MAR-INF/MANIFEST.json          | a TorchServe archive
            weights/best.pth               | a zip file with weights/best.pth in it; unpack it first
            a/__0_0.distcp                 | a distributed checkpoint in a zip file
            readme.txt                     | it has no entry data.pkl but [readme.txt]
            __MACOSX/a/data.pkl            | it has no entry data.pkl
            """)
    void aZipFileOfAnotherKind(String entry, String what) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path()))) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(1);
        }
        refused(path(), what);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            __0_0.distcp      | dcp_to_torch_save(folder, file)
            zero_to_fp32.py   | a DeepSpeed checkpoint
            data.pkl          | a checkpoint that was unpacked into a folder; pack it again
            saved_model.pb    | a TensorFlow model
            last.ckpt         | a folder, not a file; give the .pth or .pth.tar file in it, such as last.ckpt
            notes.txt         | a folder, not a file; give the .pth or .pth.tar file
            """)
    void aFolder(String file, String what) throws IOException {
        Path inside = Files.createDirectory(folder.resolve("run"));
        Files.createFile(inside.resolve(file));
        refused(inside, what);
    }

    @Test
    void aFolderOfARunHasItsBestFile() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("run"));
        for (String name : List.of("checkpoint.previous.pth.tar", "checkpoint.pth.tar", "model_best.pth.tar")) {
            Files.createFile(inside.resolve(name));
        }
        refused(inside, "give the .pth or .pth.tar file in it, such as model_best.pth.tar");
    }

    @Test
    @Timeout(60)
    @DisabledOnOs(OS.WINDOWS)
    void aPipeIsNotWaitedFor() throws Exception {
        Process made = new ProcessBuilder("mkfifo", path().toString()).start();
        Assumptions.assumeTrue(made.waitFor() == 0, "no mkfifo");
        refused(path(), "a pipe or device, not a file");
    }

    private void refused(Path file, String what) {
        BadFilesTest.refused(file, what);
    }

    private Path path() {
        return folder.resolve("other.pth");
    }
}
