package org.elasticvision.train.docs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.elasticvision.runtime.cli.CommandLinePage;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.junit.jupiter.api.Test;

/** The commands of runtime, convert and train in {@code docs/cli.md}; that of serve is checked in its own module. */
class CommandLinePageTest {
    @Test
    void everyOptionIsOnThePage() throws IOException {
        List<String> names =
                new ArrayList<>(ElasticCommandLine.create().getSubcommands().keySet());
        names.remove("help");
        CommandLinePage.check(names);
    }
}
