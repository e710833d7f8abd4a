package org.elasticvision.convert.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticvision.convert.checkpoint.file.CheckpointException;
import org.elasticvision.convert.checkpoint.pickle.value.Descriptions;
import org.elasticvision.convert.checkpoint.pickle.value.RawObject;
import org.elasticvision.convert.checkpoint.pickle.value.SavedModule;

/**
 * Stands in for a Python object that is not a tensor, a container or a plain value: an {@code argparse.Namespace}, a path,
 * a numpy array, a function, a whole network. It remembers what the file says of it, and that is all: nothing was
 * imported, called or allocated for it. Thread-safe; usable until the {@link Checkpoint} is closed.
 */
public final class Placeholder {
    private final PlainValues values;
    private final RawObject object;
    private final String path;

    Placeholder(PlainValues values, RawObject object, String path) {
        this.values = values;
        this.object = object;
        this.path = path;
    }

    /** {@return the dotted Python name of the class or function, such as {@code argparse.Namespace}} */
    public String name() {
        return object.name();
    }

    /** {@return whether it stands for what a call of {@link #name} would have made, not for the class or function itself} */
    public boolean isInstance() {
        return object.isCalled();
    }

    /**
     * {@return what the class or function would have been called with, as values like those of {@link Checkpoint#root}}
     *
     * @throws CheckpointException if they are nested too deep or without end
     */
    public List<Object> arguments() {
        return values.list(object.arguments(), path);
    }

    /**
     * {@return what the object's attributes would have been set from, usually a map from their names, a value like those
     * of {@link Checkpoint#root}; null where there is nothing}
     *
     * @throws CheckpointException if it is nested too deep or without end
     */
    public Object state() {
        return values.value(object.state(), path);
    }

    /**
     * {@return the state dict of a network that was saved whole, with {@code torch.save(model)}: parameters and persistent
     * buffers under the names that {@code model.state_dict()} would give them, as {@link CheckpointTensor} or, where one
     * is not read, as Placeholder; empty if this is not a network}
     *
     * @throws CheckpointException if its modules contain themselves
     */
    public Optional<Map<String, Object>> moduleState() {
        return SavedModule.of(object).map(module -> values.module(module, path));
    }

    /** {@return whether it stands for a tensor of a kind that is not read, such as a sparse or a quantized one} */
    public boolean isTensor() {
        return object.isCalled()
                && (object.name().startsWith("torch._utils._rebuild_")
                        || object.name().equals("torch._tensor._rebuild_from_type_v2"));
    }

    /**
     * {@return what it is and, where there is one, the way round it, to go on after "is": {@code an object of Python's
     * 'pathlib.PosixPath'}, {@code a sparse tensor ('torch._utils._rebuild_sparse_tensor'); save it with .to_dense()}}
     */
    public String description() {
        return Descriptions.of(object);
    }

    /** The dotted name. */
    @Override
    public String toString() {
        return object.name();
    }
}
