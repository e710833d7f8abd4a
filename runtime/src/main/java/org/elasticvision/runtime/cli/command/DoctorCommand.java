package org.elasticvision.runtime.cli.command;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import org.elasticvision.runtime.base.Version;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.cli.output.FindingText;
import org.elasticvision.runtime.doctor.Doctor;
import org.elasticvision.runtime.doctor.FindingJson;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.checkup.Health;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code elastic doctor}: what of this machine can be used, and what adds the rest. */
@Command(
        name = "doctor",
        description = "Shows which Java, CPU, GPU and libraries this machine has, and how to add what is missing.",
        footer = "%nok: there, and works. -: not there, but not needed by everything. !: broken, or missing"
                + " though needed;"
                + " the exit code is then 1.")
public final class DoctorCommand implements ElasticCommand {
    private static final Gson GSON =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public int order() {
        return 40;
    }

    @Override
    public Integer call() {
        return print(Doctor.ofAllModules().examine());
    }

    int print(List<Finding> findings) {
        boolean broken = findings.stream().anyMatch(finding -> finding.health() == Health.BROKEN);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonObject object = new JsonObject();
            object.addProperty("version", Version.current());
            object.addProperty("ok", !broken);
            object.add("checks", FindingJson.toJson(findings));
            out.println(GSON.toJson(object));
        } else {
            FindingText.of(findings).forEach(out::println);
        }
        out.flush();
        return broken ? 1 : 0;
    }
}
