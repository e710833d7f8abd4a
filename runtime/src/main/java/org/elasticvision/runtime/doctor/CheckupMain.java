package org.elasticvision.runtime.doctor;

import com.google.gson.JsonArray;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.io.AtomicFile;

/** What {@link CheckupProcess} starts: one checkup, whose findings go to a file. */
final class CheckupMain {
    private CheckupMain() {}

    /**
     * Runs the checkup and ends the process.
     *
     * @param args the checkup's class, and the file to write
     */
    public static void main(String[] args) throws ReflectiveOperationException {
        Constructor<? extends Checkup> constructor =
                Class.forName(args[0]).asSubclass(Checkup.class).getDeclaredConstructor();
        constructor.setAccessible(true); // those of engines are seen by their packages alone
        Checkup checkup = constructor.newInstance();
        JsonArray findings = FindingJson.toJson(Doctor.examine(checkup));
        AtomicFile.write(Path.of(args[1]), out -> out.write(findings.toString().getBytes(StandardCharsets.UTF_8)));
        // Libraries that were loaded and do nothing more have nothing to end either, and some crash when they try.
        Runtime.getRuntime().halt(0);
    }
}
