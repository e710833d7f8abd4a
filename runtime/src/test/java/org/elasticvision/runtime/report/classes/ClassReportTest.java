package org.elasticvision.runtime.report.classes;

import java.io.StringReader;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.elasticvision.runtime.dataset.coco.MultiLabelTarget;
import org.elasticvision.runtime.metrics.ClassificationMetrics;
import org.elasticvision.runtime.metrics.MultiLabelMetrics;
import org.elasticvision.runtime.metrics.SegmentationMetrics;
import org.elasticvision.runtime.model.Label;
import org.elasticvision.runtime.model.Labels;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClassReportTest {
    private static final List<Label> PETS =
            List.of(new Label("0", "cat, tame"), new Label("1", "<dog>"), new Label("2", "rat"), new Label("3", "yak"));

    @Test
    void classificationHasTheWorstClassFirstAndEmptyClassesLast() throws Exception {
        ClassificationMetrics metrics = new ClassificationMetrics();
        add(metrics, 0, 0, 9);
        add(metrics, 0, 1, 1);
        add(metrics, 1, 2, 3);
        add(metrics, 1, 1, 1);
        add(metrics, 2, 2, 4);
        ClassReport report = ClassReport.of(metrics.result(), PETS);
        assertThat(report.csv().lines())
                .containsExactly(
                        "index,class,images,top_1_accuracy,precision,most_often_taken_for,times",
                        "1,<dog>,4,25.0,50.0,rat,3",
                        "0,\"cat, tame\",10,90.0,100.0,<dog>,1",
                        "2,rat,4,100.0,57.14285714285714,,",
                        "3,yak,0,,,,");
        Document page = parse(report.html());
        assertThat(rows(page)).containsExactly("<dog>", "cat, tame", "rat", "yak");
        assertThat(page.getElementsByTagName("g").getLength()).isEqualTo(5);
        assertThat(page.getElementsByTagName("title").item(1).getTextContent())
                .isEqualTo("cat, tame: taken for <dog>, 1 of 10 images (10.0 %)");
        assertThat(page.getDocumentElement().getTextContent()).contains("25.00 %", "75 %", "90 %");
    }

    @Test
    void labelSetsHavePrecisionAndRecall() {
        MultiLabelMetrics metrics = new MultiLabelMetrics(2);
        metrics.add(new float[] {1, 1}, MultiLabelTarget.ofUnknownSizes(new boolean[] {true, false}));
        metrics.add(new float[] {-1, -1}, MultiLabelTarget.ofUnknownSizes(new boolean[] {true, false}));
        assertThat(ClassReport.of(metrics.result(), PETS.subList(0, 2)).csv().lines())
                .containsExactly(
                        "index,class,images,answered,precision,recall,f1",
                        "1,<dog>,0,1,0.0,,0.0",
                        "0,\"cat, tame\",2,1,100.0,50.0,66.66666666666667");
    }

    @Test
    void segmentationHasIntersectionOverUnionAndConfusedPixels() throws Exception {
        SegmentationMetrics metrics = new SegmentationMetrics(3);
        metrics.add(new byte[] {0, 0, 0, 1, 0}, new byte[] {0, 0, 1, 1, (byte) SegmentationMetrics.VOID});
        ClassReport report = ClassReport.of(metrics.result(), PETS.subList(0, 3));
        assertThat(report.csv().lines().map(line -> line.replaceAll("(\\.\\d{3})\\d+", "$1")))
                .containsExactly(
                        "index,class,pixels,iou,pixel_accuracy,most_often_taken_for,times",
                        "1,<dog>,2,49.999,50.0,\"cat, tame\",1",
                        "0,\"cat, tame\",2,66.666,100.0,,",
                        "2,rat,0,,,,");
        assertThat(parse(report.html()).getDocumentElement().getTextContent()).contains("1 of 2 pixels (50.0 %)");
    }

    @Test
    void thousandClassesAreTheWorstHundredAndTheMostFrequentConfusions() throws Exception {
        ClassificationMetrics metrics = new ClassificationMetrics();
        Random random = new Random(1);
        for (int i = 0; i < 3000; i++) {
            float[] logits = new float[1000];
            logits[random.nextInt(1000)] = 1;
            metrics.add(logits, i % 1000);
        }
        add(metrics, 7, 8, 20, 1000);
        ClassReport report = ClassReport.of(metrics.result(), Labels.numbered(1000));
        assertThat(report.csv().lines()).hasSize(1001);
        String html = report.html();
        assertThat(html).hasSizeLessThan(60_000).doesNotContain("<svg").contains("100 of 1,000 classes");
        Document page = parse(html);
        assertThat(rows(page)).hasSize(100);
        NodeList pairs = page.getElementsByTagName("table").item(1).getChildNodes();
        assertThat(IntStream.range(0, pairs.getLength())
                        .filter(i -> pairs.item(i).getNodeName().equals("tr"))
                        .count())
                .isEqualTo(51);
        assertThat(pairs.item(3).getTextContent()).startsWith("class 7class 820");
    }

    private static void add(ClassificationMetrics metrics, int truth, int answer, int times) {
        add(metrics, truth, answer, times, PETS.size());
    }

    private static void add(ClassificationMetrics metrics, int truth, int answer, int times, int classes) {
        float[] logits = new float[classes];
        logits[answer] = 1;
        for (int i = 0; i < times; i++) {
            metrics.add(logits, truth);
        }
    }

    private static List<String> rows(Document page) {
        NodeList heads = page.getElementsByTagName("table").item(0).getChildNodes();
        return IntStream.range(0, heads.getLength())
                .mapToObj(heads::item)
                .filter(node -> node.getNodeName().equals("tr"))
                .skip(1)
                .map(row -> row.getFirstChild().getTextContent())
                .toList();
    }

    private static Document parse(String html) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader("<page>" + html + "</page>")));
    }
}
