package org.elasticvision.convert.checkpoint.pickle;

import java.util.Set;
import org.elasticvision.convert.checkpoint.pickle.value.Descriptions;
import org.elasticvision.convert.checkpoint.pickle.value.PickleRefusal;

/**
 * Python names that no training script leaves in a checkpoint and that do harm where Python loads it: they start
 * programs, run code, or change files. Nothing here would ever call them, but whoever has such a file must know.
 */
final class HarmfulNames {
    /** With all that is in them. */
    private static final Set<String> MODULES = Set.of(
            "subprocess",
            // What protocol 2 calls subprocess.
            "commands",
            "pty",
            "runpy",
            "importlib",
            "ctypes",
            "_ctypes",
            "cffi",
            "socket",
            "_socket",
            "shutil",
            "webbrowser",
            "marshal",
            "sys",
            "pip");

    private static final Set<String> SYSTEM_MODULES = Set.of("os", "posix", "nt");

    /** What settings and results may hold of the system modules: classes without effect. */
    private static final Set<String> SYSTEM_CLASSES =
            Set.of("_Environ", "PathLike", "fspath", "stat_result", "terminal_size", "times_result", "uname_result");

    private static final Set<String> BUILTINS = Set.of(
            "eval",
            "exec",
            "execfile",
            "compile",
            "__import__",
            "open",
            "file",
            "input",
            "raw_input",
            "breakpoint",
            "exit",
            "quit",
            "delattr",
            "setattr",
            "globals",
            "locals",
            "vars");

    private static final Set<String> OTHERS = Set.of(
            "code.interact",
            "code.InteractiveInterpreter",
            "code.InteractiveConsole",
            "codeop.compile_command",
            "imp.load_source",
            "pdb.run",
            "pdb.set_trace",
            "cProfile.run",
            "profile.run",
            "timeit.timeit",
            "timeit.repeat",
            "timeit.main",
            "urllib.urlopen",
            "urllib.request.urlopen",
            "urllib.request.urlretrieve",
            "requests.get",
            "requests.post",
            "requests.api.get",
            "requests.api.post",
            "torch.hub.load",
            "torch.hub.load_state_dict_from_url",
            "torch.hub.download_url_to_file",
            "torch.utils.cpp_extension.load",
            "torch.utils.cpp_extension.load_inline",
            "pickle.loads",
            "pickle.load",
            "_pickle.loads",
            "_pickle.load",
            "cPickle.loads",
            "cPickle.load",
            "dill.loads",
            "dill.load",
            "cloudpickle.loads",
            "joblib.load",
            "torch.load",
            "torch.serialization.load",
            "torch.jit.load",
            "numpy.load",
            "numpy.testing._private.utils.runstring",
            "io.open",
            "_io.open",
            "_io.FileIO",
            "io.FileIO",
            "bz2.open",
            "gzip.open",
            "tempfile.mktemp",
            "threading.Thread",
            "asyncio.run");

    private HarmfulNames() {}

    /** @throws PickleRefusal if it is one of them */
    static void check(String module, String name) {
        String dotted = module + "." + name;
        // Names of protocol 4 may go on through attributes: 'torch.serialization', 'os.system'.
        if (isHarmful(module, name)
                || leadsToOne(name)
                || name.contains("__globals__")
                || name.contains("__builtins__")) {
            throw new PickleRefusal("refers to '" + Descriptions.shortened(dotted)
                    + "', which runs code or changes files where Python loads it, and which no training leaves in a"
                    + " checkpoint: refused, nothing was run; get the file from a source that you trust");
        }
    }

    private static boolean leadsToOne(String name) {
        for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
            String module = name.substring(name.lastIndexOf('.', dot - 1) + 1, dot);
            if (isHarmful(module, name.substring(dot + 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHarmful(String module, String name) {
        String first = name.indexOf('.') < 0 ? name : name.substring(0, name.indexOf('.'));
        if (SYSTEM_MODULES.contains(module)) {
            return !SYSTEM_CLASSES.contains(first);
        }
        if (module.equals("builtins") || module.equals("__builtin__")) {
            return BUILTINS.contains(first);
        }
        return MODULES.contains(module)
                || MODULES.contains(module.split("\\.", 2)[0])
                || OTHERS.contains(module + "." + first);
    }
}
