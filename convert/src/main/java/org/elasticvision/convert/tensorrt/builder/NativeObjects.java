package org.elasticvision.convert.tensorrt.builder;

import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.nvinfer.INoCopy;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.engine.tensorrt.natives.Owner;
import org.elasticvision.runtime.engine.tensorrt.natives.TensorRtObjects;

/** Owns native objects and frees them, the last one first. For one thread. */
final class NativeObjects implements AutoCloseable {
    private final Owner owner = new Owner();
    private final Supplier<List<String>> errors;

    /** @param errors what was logged, for the message where TensorRT hands out nothing */
    NativeObjects(Supplier<List<String>> errors) {
        this.errors = errors;
    }

    /**
     * Takes over an object that TensorRT made.
     *
     * @param what it is called in the message
     * @throws ElasticVisionException if it is null, which is how TensorRT says that it failed
     */
    <P extends INoCopy> P own(P object, String what) {
        P present = require(object, what);
        owner.add(() -> TensorRtObjects.delete(present));
        return present;
    }

    /** Takes over an object that Java made. */
    <P extends Pointer> P ownOfJava(P object) {
        owner.add(object::close);
        return object;
    }

    /** Not to be freed here, but not to be null either. */
    <P extends Pointer> P require(P object, String what) {
        if (object == null || object.isNull()) {
            throw new ElasticVisionException("TensorRT makes no " + what + " (" + BuildFailure.reasons(errors.get())
                    + "); run 'elastic doctor' to see what is installed");
        }
        return object;
    }

    @Override
    public void close() {
        owner.close();
    }
}
