package org.elasticvision.runtime.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticvision.runtime.TestModels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Files of arguments ({@code @FILE}), and what is taken for one by mistake. */
class ArgumentFileCommandLineTest {
    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void makeModel() throws IOException {
        model = TestModels.classifier(folder, 1);
    }

    @Test
    void argumentsComeFromAFileAlsoTheCommand() throws IOException {
        Path file = Files.writeString(folder.resolve("line"), "# what to print\ninspect --json\n\"" + model + "\"\n");
        CommandRun run = CommandRun.of("@" + file);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .isEqualTo(CommandRun.of("inspect", "--json", model).out());
    }

    @Test
    void aFileThatIsNotThereOrNotOfArgumentsIsNamed() throws IOException {
        CommandRun.of("inspect", model, "@" + folder.resolve("none"))
                .assertRefused("no arguments can be read from '" + folder.resolve("none")
                        + "': there is no such file; where the name itself begins with @, write './@");
        CommandRun.of("inspect", "@" + folder)
                .assertRefused("no arguments can be read from '" + folder + "': it is a folder");
        Path picture = Files.write(folder.resolve("photo.jpg"), new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0});
        CommandRun.of("predict", model, "@" + picture)
                .assertRefused("no arguments can be read from '" + picture + "': it is an image");
        Path large = Files.write(folder.resolve("large"), new byte[(1 << 20) + 1]);
        CommandRun.of("@" + large)
                .assertRefused("no arguments can be read from '" + large + "': it has more than 1 MB");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aDeviceIsNotRead() {
        CommandRun.of("inspect", "@/dev/zero")
                .assertRefused("no arguments can be read from '/dev/zero': it is a device");
    }

    @Test
    void twoMarksAreTheNameItself() {
        CommandRun run = CommandRun.of("inspect", "@@none.onnx");
        assertThat(run.errLines()).singleElement().asString().startsWith("elastic: @none.onnx does not exist");
    }
}
