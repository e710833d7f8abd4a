package org.elasticvision.samples.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A master of Spark's own kind and two workers with one core each: processes of this machine, which listen at the loopback address
 * alone. Closing it ends them and what they have started.
 */
final class StandaloneCluster implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int WORKERS = 2;

    private final Path folder;
    private final String address;
    private final List<Process> processes = new ArrayList<>();

    StandaloneCluster(Path folder) throws IOException {
        this.folder = folder;
        Path jars = Files.createDirectories(folder.resolve("home/jars")); // a worker looks for Spark there
        for (String entry : classPath().split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            if (entry.endsWith(".jar")) {
                Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar.toAbsolutePath());
            }
        }
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        address = "spark://" + HOST + ":" + port;
        start(
                "master",
                "org.apache.spark.deploy.master.Master",
                "--host",
                HOST,
                "--port",
                "" + port,
                "--webui-port",
                "0");
        IntStream.range(0, WORKERS)
                .forEach(worker -> start(
                        "worker" + worker,
                        "org.apache.spark.deploy.worker.Worker",
                        "--host",
                        HOST,
                        "--cores",
                        "1",
                        "--memory",
                        "1g",
                        "--webui-port",
                        "0",
                        "--work-dir",
                        folder.resolve("work" + worker).toString(),
                        address));
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private Process start(String name, String mainClass, String... arguments) {
        return start(name, List.of("-Xmx300m"), mainClass, arguments);
    }

    private Process start(String name, List<String> options, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), mainClass));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile());
        builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", HOST);
        try {
            Process process = builder.start();
            processes.add(process);
            return process;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    /** Starts the program with the cluster as its master. */
    Process submit(Object... arguments) {
        List<String> options = List.of(
                "-Xmx600m",
                "-Dspark.master=" + address,
                "-Dspark.ui.enabled=false",
                "-Dspark.driver.host=" + HOST,
                "-Dspark.driver.bindAddress=" + HOST,
                "-Dspark.executor.memory=512m",
                "-Dspark.executor.extraClassPath=" + classPath());
        return start(
                "driver",
                options,
                LabelImages.class.getName(),
                Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
    }

    /** What the program and Spark in it have printed so far. */
    String printed() throws IOException {
        return Files.readString(log("driver"));
    }

    /** An executor that runs; workers start nothing else. */
    Optional<ProcessHandle> executor() {
        return processes.stream()
                .skip(1)
                .limit(WORKERS)
                .flatMap(Process::children)
                .findFirst();
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }
}
