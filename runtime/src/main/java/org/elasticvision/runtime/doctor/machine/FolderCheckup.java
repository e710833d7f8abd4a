package org.elasticvision.runtime.doctor.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.checkup.Health;
import org.elasticvision.runtime.io.HomeFolder;
import org.elasticvision.runtime.io.UserCache;

/** The folders that are written to unasked. */
final class FolderCheckup implements Checkup {
    private static final String UNPACKED = "JavaCPP cache";

    @Override
    public String name() {
        return "Folders";
    }

    @Override
    public int order() {
        return 90;
    }

    @Override
    public boolean isolated() {
        return false;
    }

    @Override
    public List<Finding> examine() {
        return List.of(
                unpacked(),
                new WritableFolder(Path.of(System.getProperty("java.io.tmpdir")))
                        .finding("Temporary folder", Health.BROKEN, "name another with JAVA_OPTS=-Djava.io.tmpdir=DIR"),
                new WritableFolder(UserCache.folder("any").getParent())
                        .finding(
                                "User cache",
                                Health.ABSENT,
                                "name another with XDG_CACHE_HOME=DIR; without it nothing is kept for the next time"));
    }

    /** Where JavaCPP unpacks its libraries: it looks itself for a folder that it can write to. */
    private static Finding unpacked() {
        String remedy = "name another with JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=DIR";
        HomeFolder.protect();
        try {
            return new WritableFolder(Loader.getCacheDir().toPath()).finding(UNPACKED, Health.BROKEN, remedy);
        } catch (IOException e) {
            return Finding.broken(UNPACKED, "no folder can be written to, to unpack libraries")
                    .withRemedy(remedy);
        }
    }
}
