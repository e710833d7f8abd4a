import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.convert.zoo.layer.TensorSpec;
import org.elasticvision.runtime.model.Task;

/** Prints the name, the kind and the shape of each tensor of a dla60x_elastic of ten classes, the smallest of the networks. */
public final class TensorList {
    private TensorList() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        for (TensorSpec tensor :
                Architecture.of("dla60x_elastic").network(Task.CLASSIFICATION, 10).tensors()) {
            System.out.println(tensor.name() + " " + tensor.role() + " "
                    + tensor.shape().toString().replaceAll("[\\[\\] ]", ""));
        }
    }
}
