package org.elasticvision.samples.serve;

import java.io.IOException;
import java.util.List;
import org.elasticvision.runtime.cli.CommandLinePage;
import org.junit.jupiter.api.Test;

/** The command {@code serve} in {@code docs/cli.md}. */
class CommandLinePageTest {
    @Test
    void everyOptionIsOnThePage() throws IOException {
        CommandLinePage.check(List.of("serve"));
    }
}
