package org.elasticvision.train.report;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.elasticvision.runtime.image.pixels.RgbImage;
import org.elasticvision.train.progress.MetricsRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTest {
    private static final String NASTY = "<script>alert(\"x\")</script> & 'co'";

    @TempDir
    Path folder;

    @Test
    void isOneFileThatNeedsNothingElse() throws Exception {
        Path file = folder.resolve("report.html");
        report("Shapes").write(file);
        String html = Files.readString(file);
        assertThat(html)
                .startsWith("<!DOCTYPE html>")
                .contains("prefers-color-scheme: dark", "width=device-width")
                .contains("elastic train --arch resnext_tiny_elastic")
                .contains("data:image/png;base64,iVBOR")
                .doesNotContain("http:", "https:", "url(", "@import", "src=\"/", "<link");
    }

    @Test
    void isWellFormedAndHoldsWhatItWasGiven() throws Exception {
        Document page = parse(report("Shapes").html());
        assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(4);
        assertThat(page.getElementsByTagName("img").getLength()).isEqualTo(2);
        assertThat(page.getElementsByTagName("polyline").getLength()).isEqualTo(6);
        assertThat(page.getElementsByTagName("circle").getLength()).isEqualTo(6 * 4);
        assertThat(page.getDocumentElement().getTextContent())
                .contains("validation loss", "✓ heart 98 %", "✗ ring 51 %", "is star 40 %", "91.2 %", "0.5");
    }

    @Test
    void namesAreTextWhateverIsInThem() throws Exception {
        String html = report(NASTY).html();
        assertThat(html).doesNotContain("<script>alert");
        Document page = parse(html);
        assertThat(page.getElementsByTagName("h1").item(0).getTextContent()).isEqualTo(NASTY);
        assertThat(page.getElementsByTagName("script").getLength()).isEqualTo(1);
    }

    @Test
    void aRunThatHasNothingYetIsAPageToo() throws Exception {
        Run empty = new Run("Empty", "", "", Map.of(), Map.of(), List.of(), List.of(), Optional.empty());
        Document page = parse(new Report("Title", "", List.of(empty), List.of()).html());
        assertThat(page.getElementsByTagName("svg").getLength()).isZero();
        assertThat(page.getElementsByTagName("h2").item(0).getTextContent()).isEqualTo("Empty");
    }

    /** HTML that is written as XML is, but for the tags that HTML does not close and the style and script. */
    private static Document parse(String html) throws Exception {
        String xml = html.replace("<!DOCTYPE html>", "")
                .replaceAll("(<(meta|img)[^>]*)>", "$1/>")
                .replace("<br>", "<br/>")
                .replaceAll("(?s)<script>\n.*?</script>", "<script/>")
                .replaceAll("(?s)<style>.*?</style>", "<style/>");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    static Report report(String title) {
        Map<String, Map<String, String>> facts = new LinkedHashMap<>();
        facts.put("Recipe", Map.of("optimiser", "SGD, momentum 0.9"));
        facts.put("Data", Map.of(title, "1,600 pictures"));
        RgbImage picture = new RgbImage(2, 2, new byte[12]);
        List<Sample> samples = List.of(
                new Sample(picture, "heart 98 %", "", Optional.of(true)),
                new Sample(picture, "ring 51 %", "is star 40 %", Optional.of(false)));
        Run run = new Run(
                title,
                "A note.",
                "elastic train --arch resnext_tiny_elastic",
                Map.of("top-1 accuracy", "91.2 %"),
                facts,
                records(1),
                samples,
                Optional.empty());
        Comparison comparison = new Comparison(
                "Twins",
                "Trained alike.",
                List.of("val_error", "nowhere"),
                List.of(
                        new Comparison.Compared(title, Map.of("error", "0.5"), records(1)),
                        new Comparison.Compared("twin", Map.of("error", "0.6", "GFLOPs", "1"), records(1.2))));
        return new Report(title, "Summary.", List.of(run), List.of(comparison));
    }

    static List<MetricsRecord> records(double factor) {
        List<MetricsRecord> records = new ArrayList<>();
        for (int epoch = 1; epoch <= 4; epoch++) {
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("train_loss", factor * 2 / epoch);
            values.put("val_loss", factor * 2.2 / epoch);
            values.put("val_error", factor * 0.8 / epoch);
            values.put("learning_rate", Math.pow(0.1, epoch));
            records.add(new MetricsRecord(100L * epoch, epoch, values));
        }
        return records;
    }
}
