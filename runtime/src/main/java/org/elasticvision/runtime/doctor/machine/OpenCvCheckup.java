package org.elasticvision.runtime.doctor.machine;

import java.util.List;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Dependencies;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.image.codec.OpenCv;

/** OpenCV, which decodes images. */
final class OpenCvCheckup implements Checkup {
    static final String NAME = "OpenCV";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int order() {
        return 40;
    }

    @Override
    public boolean isolated() {
        return true;
    }

    @Override
    public List<Finding> examine() {
        return List.of(finding(OpenCv.status()));
    }

    static Finding finding(OpenCv.Status status) {
        if (status.problem().isPresent()) {
            return Finding.broken(NAME, "does not load: " + status.problem().get())
                    .withRemedy("put " + Dependencies.bytedeco("opencv", "") + ", and org.bytedeco:openblas:"
                            + Dependencies.version("openblas") + " and org.bytedeco:javacpp:"
                            + Dependencies.version("javacpp") + " with the same, on the class path");
        }
        return Finding.ok(NAME).withVersion(status.version().orElse("unknown"));
    }
}
