package org.elasticvision.runtime.cli.option;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OutputsTest {
    @TempDir
    private Path folder;

    private static Outputs outputs() {
        CommandSpec command = ElasticCommandLine.create().getCommandSpec();
        return new Outputs(command);
    }

    @Test
    void foldersAreMadeAndStayWhereSomethingLiesInThem() throws IOException {
        try (Outputs outputs = outputs()) {
            outputs.file("--report", folder.resolve("a/b/report.html"));
            outputs.folder("--overlay", folder.resolve("a/c"));
            assertThat(folder.resolve("a/b")).isDirectory();
            assertThat(folder.resolve("a/c")).isDirectory();
            Files.writeString(folder.resolve("a/b/report.html"), "done");
        }
        assertThat(folder.resolve("a/b/report.html")).exists();
        assertThat(folder.resolve("a/c")).doesNotExist();
    }

    @Test
    void whatWasMadeInVainGoesAndWhatWasThereStays() throws IOException {
        Path there = Files.createDirectory(folder.resolve("there"));
        assertThatThrownBy(() -> {
                    try (Outputs outputs = outputs()) {
                        outputs.folder("-o", there);
                        outputs.folder("-o", there.resolve("x/y/z"));
                        throw new IllegalStateException("the work failed");
                    }
                })
                .hasMessage("the work failed");
        assertThat(there).isEmptyDirectory();
    }

    @Test
    void anOutputIsNeitherAnInputNorAnotherOutput() throws IOException {
        Path model = Files.writeString(folder.resolve("model.onnx"), "model");
        Path link = Files.createSymbolicLink(folder.resolve("link.onnx"), model);
        try (Outputs outputs = outputs()) {
            outputs.reads("the model", model);
            outputs.file("-o", folder.resolve("new/out.onnx"));
            assertThatThrownBy(() -> outputs.file("--report", link))
                    .isInstanceOf(ParameterException.class)
                    .hasMessage("--report " + link + " is the model itself; name another file");
            Path same = folder.resolve("new/../new/out.onnx");
            assertThatThrownBy(() -> outputs.file("--report", same))
                    .isInstanceOf(ParameterException.class)
                    .hasMessage("--report " + same + " is written by -o too; name another file");
        }
    }

    @Test
    void aSlashAtTheEndNamesAFolder() throws IOException {
        Path photo = Files.writeString(folder.resolve("photo.jpg"), "");
        StringWriter err = new StringWriter();
        String output = folder.resolve("new") + "/";
        int exit = ElasticCommandLine.create()
                .setErr(new PrintWriter(err))
                .execute("predict", "--tensor", photo.toString(), "--logits", output, "model.onnx");
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("elastic: --logits " + output + " names a folder; give the name of a file to write");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void whatCannotBeWrittenIsSaidBeforeTheWork() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        try (Outputs outputs = outputs()) {
            assertThatThrownBy(() -> outputs.file("--report", folder))
                    .isInstanceOf(ElasticVisionException.class)
                    .hasMessageContaining("is a folder; give the name of a file to write");
            assertThatThrownBy(() -> outputs.file("--report", file.resolve("deep/page.html")))
                    .hasMessage(file + "/deep/page.html: cannot be written: " + file
                            + " is a file, not a folder; give another name to --report");
            assertThatThrownBy(() -> outputs.folder("--overlay", file))
                    .hasMessageContaining(file + " is a file, not a folder; give another name to --overlay");
        }
    }
}
