package org.elasticvision.samples.spark;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.elasticvision.runtime.cli.ElasticCommandLine;

/** A job in local mode, in this process: its exit code, and what it printed. */
record Job(int exitCode, List<String> out, List<String> err) {
    static Job run(Object... args) {
        System.setProperty("spark.master", "local[2]");
        System.setProperty("spark.ui.enabled", "false");
        System.setProperty("spark.driver.host", "127.0.0.1");
        System.setProperty("spark.driver.bindAddress", "127.0.0.1");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = ElasticCommandLine.program("label", new LabelImages())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Arrays.stream(args).map(String::valueOf).toArray(String[]::new));
        return new Job(
                exitCode,
                out.toString().lines().toList(),
                err.toString().lines().toList());
    }
}
