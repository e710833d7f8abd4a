package org.elasticvision.train.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticvision.train.check.DrawnFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class CheckCommandTest {
    @TempDir
    private Path root;

    private DrawnFolder data;
    private final Commands commands = new Commands();

    @BeforeEach
    void draw() {
        data = new DrawnFolder(root.resolve("data"));
        data.clean();
    }

    private String folder() {
        return data.root().toString();
    }

    @Test
    void cleanDataExitWithZero() {
        commands.succeeds("check", folder(), "--input-size", "64", "--strict");
        assertThat(commands.out())
                .contains("12 training and 6 validation images, 3 classes, network input 64x64")
                .containsPattern("hen +4 +2")
                .contains("a run would go through: nothing to mend");
        assertThat(commands.err()).isEmpty();
    }

    @Test
    void whatARunWouldRefuseExitsWithOne() {
        data.write("train/cat/a.jpg", "<html>".getBytes(StandardCharsets.UTF_8));
        assertThat(commands.run("check", folder())).isEqualTo(1);
        assertThat(commands.out())
                .contains("fails    images that cannot be read: 1")
                .contains("  train/cat/a.jpg: ")
                .contains("a run would fail: 1 thing to mend");
        String relative = Path.of("").toAbsolutePath().relativize(data.root()).toString();
        assertThat(commands.run("check", relative)).isEqualTo(1);
        assertThat(commands.out()).contains("  train/cat/a.jpg: ");
        assertThat(commands.run("check", folder(), "--skip-bad")).isZero();
        assertThat(commands.run("check", folder(), "--skip-bad", "--strict")).isEqualTo(1);
    }

    @Test
    void classFoldersAloneAreSplitAsARunWould() {
        DrawnFolder alone = new DrawnFolder(root.resolve("alone"));
        for (int i = 0; i < 12; i++) {
            alone.png("abc".charAt(i % 3) + "/" + i + ".png", DrawnFolder.picture(80, 64, i));
        }
        commands.succeeds("check", alone.root().toString(), "--json");
        JsonObject object = JsonParser.parseString(commands.out()).getAsJsonObject();
        assertThat(object.get("heldOut").getAsDouble()).isEqualTo(0.1);
        assertThat(object.getAsJsonObject("images").get("training").getAsInt()).isEqualTo(9);
        assertThat(object.getAsJsonObject("images").get("validation").getAsInt())
                .isEqualTo(3);
        assertThat(object.get("ok").getAsBoolean()).isTrue();
        assertThat(object.get("layout").getAsString()).isEqualTo("folder-per-class");
    }

    @Test
    void jsonNamesKindSeverityAndExamples() {
        data.png("val/cat/copy.png", DrawnFolder.picture(80, 64, 0));
        commands.succeeds("check", folder(), "--json", "--input-size", "64");
        JsonObject finding = JsonParser.parseString(commands.out())
                .getAsJsonObject()
                .getAsJsonArray("findings")
                .get(0)
                .getAsJsonObject();
        assertThat(finding.get("kind").getAsString()).isEqualTo("twin-across-parts");
        assertThat(finding.get("severity").getAsString()).isEqualTo("warning");
        JsonObject example = finding.getAsJsonArray("examples").get(0).getAsJsonObject();
        assertThat(example.get("name").getAsString()).endsWith("val/cat/copy.png");
        assertThat(example.get("other").getAsString()).endsWith("train/cat/0.png");
    }

    @Test
    void theReportIsOnePageWithPictures() throws IOException {
        data.png("val/cat/copy.png", DrawnFolder.picture(80, 64, 0));
        data.write("train/<b>/1.txt", new byte[0]);
        Path page = root.resolve("new/page.html");
        commands.succeeds("check", folder(), "--report", page.toString());
        assertThat(page)
                .content()
                .contains("validation images that are training images too")
                .contains("&lt;b&gt;")
                .doesNotContain("<b>/1.txt", "src=\"http", "<script", data.root() + "/")
                .endsWith("</html>\n");
        assertThat(Files.readString(page).split("data:image/jpeg", -1)).hasSizeGreaterThan(3 * 4 + 2);
    }

    @Test
    void wrongUsage() {
        commands.refuses(2, "give DATA", "check");
        commands.refuses(2, "--examples 0 must be at least 1", "check", folder(), "--examples", "0");
        commands.refuses(1, "nowhere does not exist", "check", root + "/nowhere");
        commands.refuses(2, "--report", "check", folder(), "--report", root + "/a/");
    }
}
