package org.elasticvision.samples.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.fuzz.FuzzCorpus;
import org.elasticvision.runtime.fuzz.FuzzTarget;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What fuzzing found is still answered. */
class FuzzCorpusTest {
    @TempDir
    Path folder;

    static List<FuzzTarget> targets() {
        return new ServeTargets().all();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void isAnswered(FuzzTarget target) throws IOException {
        FuzzCorpus.replay(target, folder);
    }
}
