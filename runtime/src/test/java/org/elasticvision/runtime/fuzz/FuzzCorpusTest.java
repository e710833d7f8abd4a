package org.elasticvision.runtime.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What fuzzing found is still read, or refused as documented. */
class FuzzCorpusTest {
    @TempDir
    Path folder;

    static List<FuzzTarget> targets() {
        return new RuntimeTargets().all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    void isReadOrRefused(FuzzTarget target) throws IOException {
        FuzzCorpus.replay(target, folder);
    }
}
