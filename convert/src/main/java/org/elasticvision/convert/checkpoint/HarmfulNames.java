package org.elasticvision.convert.checkpoint;

import java.util.Set;

/**
 * Python names that no training script leaves in a checkpoint and that do harm where Python loads it: they start
 * programs, run code, or change files. Nothing here would ever call them, but whoever has such a file must know.
 */
final class HarmfulNames {
    private static final Set<String> MODULES = Set.of(
            "subprocess",
            "commands",
            "popen2",
            "pty",
            "runpy",
            "importlib",
            "imp",
            "ctypes",
            "_ctypes",
            "cffi",
            "code",
            "codeop",
            "socket",
            "_socket",
            "shutil",
            "webbrowser",
            "marshal",
            "sys",
            "signal",
            "pdb",
            "bdb",
            "timeit",
            "cProfile",
            "profile",
            "multiprocessing.util",
            "pip",
            "urllib",
            "requests",
            "httplib",
            "http.client",
            "ftplib",
            "telnetlib",
            "smtplib",
            "torch.hub",
            "torch._inductor.codecache",
            "torch.utils.cpp_extension",
            "torch.utils.collect_env",
            "torch.utils.bottleneck");

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
        int dot = name.lastIndexOf('.');
        return dot > 0 && isHarmful(name.substring(0, dot), name.substring(dot + 1));
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
