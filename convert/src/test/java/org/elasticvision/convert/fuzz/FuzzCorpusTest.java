package org.elasticvision.convert.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.fuzz.FuzzCorpus;
import org.elasticvision.runtime.fuzz.FuzzTarget;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What fuzzing found is still read, or refused as documented. */
class FuzzCorpusTest {
    @TempDir
    Path folder;

    static List<FuzzTarget> targets() {
        return new ConvertTargets().all();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void isReadOrRefused(FuzzTarget target) throws IOException {
        FuzzCorpus.replay(target, folder);
    }
}
