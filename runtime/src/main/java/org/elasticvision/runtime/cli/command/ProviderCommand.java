package org.elasticvision.runtime.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.elasticvision.runtime.cli.ElasticCommand;
import org.elasticvision.runtime.engine.plugin.PluginLibrary;
import org.elasticvision.runtime.engine.plugin.PluginSearch;
import org.elasticvision.runtime.engine.plugin.PluginStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elastic provider}: the plug-ins of ONNX Runtime that this user has. */
@Command(
        name = "provider",
        description = "Adds, lists and removes plug-ins of ONNX Runtime, which run ONNX models on the hardware of their"
                + " makers: OpenVINO, TensorRT-RTX, WebGPU and others.",
        footer = {
            "%nA plug-in runs as this user: add only packages that come from where you trust. They are unpacked into"
                    + " ~/.local/share/elasticvision/providers, or the folder that ELASTIC_PROVIDERS names. Those of"
                    + " Python's packages are found where they are.",
            "%nExamples:",
            "  pip download --no-deps onnxruntime-ep-openvino",
            "  elastic provider add onnxruntime_ep_openvino-1.8.1-py3-none-manylinux_2_28_x86_64.whl",
            "  elastic provider list",
            "  elastic predict resnext50_elastic.onnx photo.jpg --provider openvino",
            "  elastic provider remove openvino"
        })
public final class ProviderCommand implements ElasticCommand {
    private final PluginStore store;
    private final PluginSearch search;

    @Spec
    private CommandSpec spec;

    /** For this user. */
    public ProviderCommand() {
        this(new PluginStore(), new PluginSearch());
    }

    ProviderCommand(PluginStore store, PluginSearch search) {
        this.store = store;
        this.search = search;
    }

    @Parameters(
            index = "0",
            paramLabel = "ACTION",
            description = "add (unpack a package, once its hashes are checked), list (show which there are) or remove"
                    + " (delete one that was added).")
    private String action;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PACKAGE|NAME",
            description = "For add, a wheel (.whl) or NuGet file (.nupkg); for remove, the name of a plug-in.")
    private String subject;

    @Option(names = "--json", description = "Print what is there as a JSON array (list).")
    private boolean json;

    @Override
    public int order() {
        return 45;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        switch (action) {
            case "add" -> add(out);
            case "list" -> list(out);
            case "remove" -> remove(out);
            default -> throw wrong("'" + action + "' must be add, list or remove");
        }
        out.flush();
        return 0;
    }

    private void add(PrintWriter out) {
        PluginLibrary added = store.add(Path.of(required("the package, a .whl or .nupkg file")));
        out.printf(
                "%s %s added: --provider %s uses it (%s)%n",
                added.name(), added.version().orElse(""), added.name(), added.file());
    }

    private void remove(PrintWriter out) {
        String name = required("the name of the plug-in");
        store.remove(name);
        out.println(name + " removed");
    }

    private void list(PrintWriter out) {
        if (subject != null) {
            throw wrong("list takes no " + subject);
        }
        List<PluginLibrary> all = search.all();
        if (json) {
            JsonArray array = new JsonArray();
            all.forEach(library -> array.add(json(library)));
            out.println(array);
            return;
        }
        if (all.isEmpty()) {
            out.println("none; 'elastic provider add' unpacks one, such as onnxruntime-ep-openvino of PyPI");
        }
        for (PluginLibrary library : all) {
            out.printf(
                    "%-16s %-10s %s%s%n",
                    library.name(),
                    library.version().orElse("-"),
                    library.file(),
                    library.installed() ? "" : " (of Python)");
        }
    }

    private static JsonObject json(PluginLibrary library) {
        JsonObject object = new JsonObject();
        object.addProperty("name", library.name());
        library.version().ifPresent(version -> object.addProperty("version", version));
        object.addProperty("library", library.file().toString());
        object.addProperty("added", library.installed());
        return object;
    }

    private String required(String what) {
        if (json) {
            throw wrong("--json is for list");
        }
        if (subject == null) {
            throw wrong(action + " needs " + what);
        }
        return subject;
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), "provider: " + problem);
    }
}
