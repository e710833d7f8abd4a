package org.elasticvision.runtime.explain;

import java.util.Objects;
import org.elasticvision.runtime.answer.Score;

/**
 * What speaks where for a class: its class activation map (Zhou et al., CVPR 2016). Each cell is the sum of the last features before the
 * global average pooling, weighted as the last layer weights them, so the average of the map plus the layer's bias is the logit.
 *
 * <p>It is what Grad-CAM (Selvaraju et al., ICCV 2017) computes for such a head, exactly and without a gradient: the gradient of a logit by a
 * feature is the weight divided by the number of cells. Grad-CAM then leaves out what is below 0, which speaks against the class; here it is
 * kept, and whoever draws decides.
 *
 * @param score the class, with its logit and probability
 * @param map at the resolution of the last features
 */
public record ClassActivation(Score score, HeatMap map) {
    public ClassActivation {
        Objects.requireNonNull(score, "score");
        Objects.requireNonNull(map, "map");
    }
}
