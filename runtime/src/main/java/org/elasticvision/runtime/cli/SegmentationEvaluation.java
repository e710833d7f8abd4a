package org.elasticvision.runtime.cli;

import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.elasticvision.runtime.DatasetException;
import org.elasticvision.runtime.Prediction;
import org.elasticvision.runtime.Segmentation;
import org.elasticvision.runtime.dataset.SegmentedImage;
import org.elasticvision.runtime.image.IndexImage;
import org.elasticvision.runtime.image.PngFiles;
import org.elasticvision.runtime.metrics.SegmentationMetrics;
import org.elasticvision.runtime.metrics.SegmentationResult;
import org.elasticvision.runtime.model.Label;

/**
 * Intersection over union, as published for PASCAL VOC.
 *
 * <p>The published code pads image and mask to the network's input and gives the mask's border a value that counts
 * nowhere; comparing at the size of the image, border cut off, is the same. It has no rule for images larger than the
 * input: here these are shrunk for the network and the answer is enlarged again.
 */
record SegmentationEvaluation(List<SegmentedImage> samples, List<Label> labels, SegmentationMetrics metrics)
        implements Evaluation<SegmentedImage> {

    @Override
    public Path image(SegmentedImage sample) {
        return sample.image();
    }

    @Override
    public Runnable judge(SegmentedImage sample, Prediction answer) {
        Segmentation segmentation = (Segmentation) answer;
        IndexImage mask = PngFiles.readIndices(sample.mask());
        if (mask.width() != segmentation.width() || mask.height() != segmentation.height()) {
            throw new DatasetException(sample.mask() + " is " + mask.width() + "x" + mask.height()
                    + " pixels, its image " + segmentation.width() + "x" + segmentation.height()
                    + "; mask and image must be of one size");
        }
        return () -> add(sample, segmentation, mask);
    }

    private void add(SegmentedImage sample, Segmentation segmentation, IndexImage mask) {
        try {
            metrics.add(segmentation.classMap(), mask.indices());
        } catch (DatasetException e) {
            throw new DatasetException(sample.mask() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void print(PrintWriter out) {
        SegmentationResult result = metrics.result();
        int widest =
                labels.stream().mapToInt(label -> label.name().length()).max().orElse(0);
        for (int i = 0; i < labels.size(); i++) {
            String name = labels.get(i).name();
            double iou = 100 * result.classes().get(i).iou();
            out.printf(Locale.ROOT, "  %s%s  %6.2f %%%n", name, " ".repeat(widest - name.length()), iou);
        }
        out.printf(Locale.ROOT, "Mean IoU        %6.2f %%%n", 100 * result.meanIou());
        out.printf(Locale.ROOT, "Pixel accuracy  %6.2f %%%n", 100 * result.pixelAccuracy());
    }

    @Override
    public void addTo(JsonObject object) {
        SegmentationResult result = metrics.result();
        object.addProperty("meanIou", result.meanIou());
        object.addProperty("pixelAccuracy", result.pixelAccuracy());
        JsonObject ious = new JsonObject();
        for (int i = 0; i < labels.size(); i++) {
            ious.addProperty(labels.get(i).name(), result.classes().get(i).iou());
        }
        object.add("iou", ious);
    }
}
