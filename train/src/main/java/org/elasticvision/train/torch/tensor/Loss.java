package org.elasticvision.train.torch.tensor;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.DoubleArrayRef;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.elasticvision.train.data.Target;

/**
 * What a network is trained towards: cross entropy for classes, probabilities of classes and masks, binary cross entropy times 80 for label sets, as
 * the published {@code classify.py}, {@code segment.py} and {@code multilabel_classify.py} have it.
 *
 * @param labelSmoothing how much of a class's share goes to all classes alike, 0 to below 1; for classes and masks
 * @param classWeights how much an image of each class counts, as {@code weight} of {@code torch.nn.CrossEntropyLoss}: the mean of a batch is
 *     that of the weights, but of probabilities of classes, as there, that of the images; empty for all alike
 */
public record Loss(double labelSmoothing, List<Double> classWeights) {
    private static final double MULTI_LABEL_WEIGHT = 80;
    private static final int CHANNELS = 1;
    private static final int MEAN = 1;
    private static final int NO_CLASS = -100;

    /** A target as a tensor of the current scope, as the losses want it. */
    public static Tensor tensor(Target target, TensorPlace place) {
        if (target instanceof Target.Classes classes) {
            long[] labels = new long[classes.size()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = classes.labels()[i];
            }
            return place.takeIndices(Tensors.of(labels, labels.length));
        }
        if (target instanceof Target.ClassProbabilities mixed) {
            return floats(mixed.values(), mixed.classes(), place);
        }
        if (target instanceof Target.LabelSets sets) {
            return floats(sets.values(), sets.classes(), place);
        }
        Target.Masks masks = (Target.Masks) target;
        return place.takeIndices(Tensors.of(masks.pixels(), masks.size(), masks.height(), masks.width()));
    }

    private static Tensor floats(float[] values, int classes, TensorPlace place) {
        return Tensors.inScope(FloatBuffer.wrap(values), new long[] {values.length / classes, classes}, place, false);
    }

    /** The mean loss of a batch, a scalar; 0, with no gradient, where it has only void pixels, whose mean is not a number. */
    public Tensor loss(Target kind, Tensor logits, Tensor target) {
        if (!kind.counts()) {
            return torch.zeros_like(logits).mul(logits).sum();
        }
        if (kind instanceof Target.LabelSets) {
            return torch.binary_cross_entropy_with_logits(logits, target).mul(new Scalar(MULTI_LABEL_WEIGHT));
        }
        int ignored = kind instanceof Target.Masks ? Target.Masks.VOID : NO_CLASS;
        return torch.cross_entropy_loss(logits, target, weights(logits), MEAN, ignored, labelSmoothing);
    }

    private TensorOptional weights(Tensor logits) {
        if (classWeights.isEmpty()) {
            return new TensorOptional();
        }
        double[] values = classWeights.stream().mapToDouble(Double::doubleValue).toArray();
        Tensor weights = torch.tensor(new DoubleArrayRef(new DoublePointer(values), values.length));
        return new TensorOptional(weights.to(logits.device(), logits.scalar_type()));
    }

    /**
     * How many answers are wrong, and of how many: images, pixels, or for label sets (classes wrongly named or not named)
     * of (twice the classes rightly named and those), which is 1 − F. A mixed image is of its most probable class, as in torchvision's reference, and
     * has the classes of a label set whose value is above a half.
     */
    public static long[] errors(Target kind, Tensor logits, Tensor target) {
        Tensor wrong;
        Tensor total;
        if (kind instanceof Target.LabelSets) {
            Tensor present = target.gt(new Scalar(0.5));
            Tensor answered = logits.gt(new Scalar(0.0));
            wrong = torch.logical_xor(answered, present).sum();
            total = torch.logical_and(answered, present)
                    .sum()
                    .mul(new Scalar(2L))
                    .add(wrong);
        } else {
            Tensor truth = kind instanceof Target.ClassProbabilities ? answer(target) : target;
            Tensor counted = truth.ne(new Scalar((long) Target.Masks.VOID));
            boolean masks = kind instanceof Target.Masks;
            Tensor differs = answer(logits).ne(truth);
            wrong = masks ? torch.logical_and(differs, counted).sum() : differs.sum();
            total = masks ? counted.sum() : torch.scalar_tensor(new Scalar(truth.numel()));
        }
        double[] both = Tensors.toDoubles(torch.stack(
                new TensorVector(wrong.to(ScalarType.Double), total.to(wrong.device(), ScalarType.Double))));
        return new long[] {(long) both[0], (long) both[1]};
    }

    /** The class with the highest logit or probability, of each image or pixel. */
    public static Tensor answer(Tensor logits) {
        return torch.argmax(logits, new LongOptional(CHANNELS), false);
    }
}
