package org.elasticvision.runtime.evaluation.report;

import org.elasticvision.runtime.evaluation.Evaluation.AnsweredImage;
import org.elasticvision.runtime.metrics.SegmentationMetrics;
import org.elasticvision.runtime.metrics.figure.Ratio;

/**
 * How well the pixels of one image were labelled. The figures of a data set are not means of these: there, pixels of all images are summed
 * first.
 *
 * @param labelled pixels whose class is known
 * @param pixelAccuracy part of them that got their class, 0 to 1; 0 where none is known
 * @param meanIou mean of intersection over union over the classes that the image has or was answered with, 0 to 1; 0 where there is none
 */
public record ImageOverlap(long labelled, double pixelAccuracy, double meanIou) {
    /**
     * {@return the overlap of an answer and its mask}
     *
     * @param image of a segmentation
     */
    public static ImageOverlap of(AnsweredImage.Segmented image) {
        byte[] answer = image.answer().classMap();
        byte[] mask = image.truth().indices();
        long[] intersections = new long[SegmentationMetrics.VOID + 1];
        long[] sums = new long[SegmentationMetrics.VOID + 1];
        long labelled = 0;
        for (int i = 0; i < mask.length; i++) {
            int truth = Byte.toUnsignedInt(mask[i]);
            if (truth != SegmentationMetrics.VOID) {
                labelled++;
                sums[truth]++;
                sums[Byte.toUnsignedInt(answer[i])]++;
                if (mask[i] == answer[i]) {
                    intersections[truth]++;
                }
            }
        }
        long right = 0;
        double ious = 0;
        int classes = 0;
        for (int index = 0; index < sums.length; index++) {
            if (sums[index] > 0) {
                classes++;
                right += intersections[index];
                ious += (double) intersections[index] / (double) (sums[index] - intersections[index]);
            }
        }
        return new ImageOverlap(labelled, Ratio.of((double) right, (double) labelled), Ratio.of(ious, classes));
    }
}
