package org.elasticvision.runtime.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.elasticvision.runtime.base.LinkErrors;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.machine.MachineCheckups;
import org.elasticvision.runtime.engine.EngineProvider;

/**
 * Runs checkups, a few at a time.
 *
 * <pre>{@code
 * for (Finding finding : Doctor.ofAllModules().examine()) {
 *     System.out.println(finding.health().sign() + " " + finding.name() + " " + finding.version().orElse(""));
 * }
 * }</pre>
 */
public final class Doctor {
    /** The first time, libraries of hundreds of megabytes are unpacked. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static final int MOST_AT_A_TIME = 4;

    private final List<Checkup> checkups;
    private final CheckupProcess process;

    Doctor(List<Checkup> checkups, Duration timeout) {
        this.checkups = checkups.stream()
                .sorted(Comparator.comparingInt(Checkup::order))
                .toList();
        this.process = new CheckupProcess(timeout);
    }

    /**
     * With the checkups of the machine, of all engines and of all modules on the class path.
     *
     * @return a doctor
     */
    public static Doctor ofAllModules() {
        List<Checkup> all = new ArrayList<>(MachineCheckups.all());
        EngineProvider.all().forEach(engine -> all.addAll(engine.checkups()));
        ServiceLoader.load(Checkup.class).forEach(all::add);
        return new Doctor(all, TIMEOUT);
    }

    List<Checkup> checkups() {
        return checkups;
    }

    /**
     * Runs all checkups. Neither fails nor crashes, whatever the checkups do; takes seconds, and minutes where one
     * hangs.
     *
     * @return what was found, in the order of the checkups
     */
    public List<Finding> examine() {
        int threads = Math.min(MOST_AT_A_TIME, Runtime.getRuntime().availableProcessors());
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<List<Finding>>> answers = new ArrayList<>();
            for (Checkup checkup : checkups) {
                answers.add(executor.submit(() -> checkup.isolated() ? process.examine(checkup) : examine(checkup)));
            }
            List<Finding> findings = new ArrayList<>();
            for (Future<List<Finding>> answer : answers) {
                findings.addAll(answer.get());
            }
            return findings;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            executor.shutdownNow(); // interrupts who waits for a child, and so ends the child
        }
    }

    /** Runs a checkup in this process. Never fails: what the checkup throws becomes a finding. */
    static List<Finding> examine(Checkup checkup) {
        try {
            return checkup.examine();
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            return List.of(Finding.broken(checkup.name(), "the check failed: " + LinkErrors.rootOf(e)));
        }
    }
}
