package org.elasticvision.convert.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import org.elasticvision.convert.checkpoint.CheckpointTensor;
import org.elasticvision.convert.checkpoint.StateDict;
import org.elasticvision.convert.zoo.network.StateDictForm;
import org.elasticvision.convert.zoo.network.StateDictForm.Piece;

/** Brings the tensors of other people's networks under the zoo's names, and into its parts. */
final class Translation {
    private Translation() {}

    static StateDict of(StateDict source, StateDictForm form) {
        Map<String, CheckpointTensor> named = new LinkedHashMap<>();
        for (CheckpointTensor tensor : source) {
            for (Piece piece : form.pieces(tensor.name())) {
                named.put(piece.name(), cut(tensor, piece));
            }
        }
        return source.with(named);
    }

    /** What cannot be cut, such as a step counter, belongs to every part; if it is a weight, it will not fit. */
    private static CheckpointTensor cut(CheckpointTensor tensor, Piece piece) {
        if (piece.count() == 1 || tensor.shape().size() <= piece.dimension() || tensor.elementCount() == 1) {
            return tensor;
        }
        long size = tensor.shape().get(piece.dimension());
        long from = size * piece.index() / piece.count();
        long to = size * (piece.index() + 1) / piece.count();
        return tensor.narrow(piece.dimension(), from, to - from);
    }
}
