package org.elasticvision.train.distributed;

import java.util.Map;
import java.util.Optional;
import org.elasticvision.runtime.base.ElasticVisionException;

/**
 * What one of several training processes is told by the launcher that started it.
 *
 * @param index of the process among all, from 0
 * @param size how many there are
 * @param local its index among those on this machine, which says which GPU it takes
 * @param localSize how many there are on this machine, which share its processors
 * @param address where the first process can be reached
 * @param port at which it waits for the others
 * @param agent where that port is taken by the launcher itself, the name of the run: then the ports after it are tried
 */
public record Rank(int index, int size, int local, int localSize, String address, int port, Optional<String> agent) {
    private static final String MASTER_ADDRESS = "MASTER_ADDR";
    private static final String MASTER_PORT = "MASTER_PORT";
    private static final String THIS_MACHINE = "127.0.0.1";
    private static final int USUAL_PORT = 29500;
    /** Ports that jobs of one machine share out among themselves, by their numbers. */
    private static final int PORTS = 10_000;

    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 65_535;

    public Rank {
        if (size < 1 || index < 0 || index >= size || local < 0 || localSize < 1) {
            throw new ElasticVisionException(
                    "rank " + index + " of " + size + " (on its machine " + local + ") does not exist");
        }
        if (port < 1 || port > LAST_PORT) {
            throw new ElasticVisionException(MASTER_PORT + " is " + port + "; it must be 1 to " + LAST_PORT);
        }
    }

    /**
     * A process of several on this machine.
     *
     * @param index from 0
     * @param size how many there are
     * @param port a free one
     */
    public static Rank onThisMachine(int index, int size, int port) {
        return new Rank(index, size, index, size, THIS_MACHINE, port, Optional.empty());
    }

    /** {@return what a process reads again by {@link #of}} */
    public Map<String, String> toEnvironment() {
        return Map.of(
                "RANK",
                String.valueOf(index),
                "WORLD_SIZE",
                String.valueOf(size),
                "LOCAL_RANK",
                String.valueOf(local),
                "LOCAL_WORLD_SIZE",
                String.valueOf(localSize),
                MASTER_ADDRESS,
                address,
                MASTER_PORT,
                String.valueOf(port));
    }

    /**
     * Reads the environment: the variables of PyTorch's launchers ({@code RANK}, {@code WORLD_SIZE}, {@code LOCAL_RANK}, {@code
     * MASTER_ADDR}, {@code MASTER_PORT}, set by {@code torchrun} and Kubernetes' PyTorchJob), else those of Slurm's {@code srun}, else
     * Open MPI's.
     *
     * @param environment of this process
     * @return empty where this process trains by itself
     * @throws ElasticVisionException if the variables contradict each other, or the first process's address is missing
     */
    public static Optional<Rank> of(Map<String, String> environment) {
        Variables variables = new Variables(environment);
        Optional<Rank> rank = Optional.empty();
        if (variables.has("RANK") && variables.has("WORLD_SIZE")) {
            rank = Optional.of(ofTorch(variables));
        } else if (variables.has("SLURM_STEP_NUM_TASKS") && variables.has("SLURM_PROCID")) {
            rank = Optional.of(ofSlurm(variables));
        } else if (variables.has("OMPI_COMM_WORLD_SIZE") && variables.has("OMPI_COMM_WORLD_RANK")) {
            rank = Optional.of(ofOpenMpi(variables));
        }
        return rank.filter(one -> one.size > 1);
    }

    private static Rank ofTorch(Variables variables) {
        int size = variables.number("WORLD_SIZE");
        String address = variables.text(MASTER_ADDRESS).orElse(size == 1 ? THIS_MACHINE : "");
        if (address.isEmpty()) {
            throw new ElasticVisionException(
                    "RANK and WORLD_SIZE are set, but not " + MASTER_ADDRESS
                            + ", the address of the first process's machine; set it, or unset WORLD_SIZE to train in one process");
        }
        return new Rank(
                variables.number("RANK"),
                size,
                variables.number("LOCAL_RANK", 0),
                variables.number("LOCAL_WORLD_SIZE", 1),
                address,
                variables.number(MASTER_PORT, USUAL_PORT),
                variables
                        .text("TORCHELASTIC_USE_AGENT_STORE")
                        .filter("true"::equalsIgnoreCase)
                        .map(used -> variables.text("TORCHELASTIC_RUN_ID").orElse("none") + "/"
                                + variables.text("TORCHELASTIC_RESTART_COUNT").orElse("0")));
    }

    private static Rank ofSlurm(Variables variables) {
        String nodes = variables
                .text("SLURM_STEP_NODELIST")
                .or(() -> variables.text("SLURM_NODELIST"))
                .orElse(THIS_MACHINE);
        return new Rank(
                variables.number("SLURM_PROCID"),
                variables.number("SLURM_STEP_NUM_TASKS"),
                variables.number("SLURM_LOCALID", 0),
                variables
                        .text("SLURM_STEP_TASKS_PER_NODE")
                        .map(Rank::leadingNumber)
                        .orElse(1),
                variables.text(MASTER_ADDRESS).orElseGet(() -> firstOf(nodes)),
                variables.number(MASTER_PORT, FIRST_PORT + variables.number("SLURM_JOB_ID", 0) % PORTS),
                Optional.empty());
    }

    private static Rank ofOpenMpi(Variables variables) {
        int size = variables.number("OMPI_COMM_WORLD_SIZE");
        int localSize = variables.number("OMPI_COMM_WORLD_LOCAL_SIZE", 1);
        boolean oneMachine = localSize == size;
        String job = variables
                .text("PMIX_NAMESPACE")
                .or(() -> variables.text("OMPI_MCA_orte_hnp_uri"))
                .orElse("");
        return new Rank(
                variables.number("OMPI_COMM_WORLD_RANK"),
                size,
                variables.number("OMPI_COMM_WORLD_LOCAL_RANK", 0),
                localSize,
                variables
                        .text(MASTER_ADDRESS)
                        .or(() -> oneMachine ? Optional.of(THIS_MACHINE) : Optional.empty())
                        .orElseThrow(() -> new ElasticVisionException("mpirun runs on several machines, and "
                                + MASTER_ADDRESS + " does not say which is the first process's: add -x "
                                + MASTER_ADDRESS
                                + "=HOST to mpirun")),
                variables.number(MASTER_PORT, FIRST_PORT + Math.floorMod(job.hashCode(), PORTS)),
                Optional.empty());
    }

    /** Of {@code 2(x3),1}, which is Slurm's way to say 2, 2, 2, 1. */
    private static int leadingNumber(String text) {
        String digits = text.replaceFirst("\\D.*", "");
        return digits.isEmpty() ? 1 : Math.max(1, Integer.parseInt(digits));
    }

    /** The first of Slurm's list of machines, such as {@code node[003-006,010],gpu1}. */
    static String firstOf(String nodes) {
        int bracket = nodes.indexOf('[');
        int comma = nodes.indexOf(',');
        if (bracket < 0 || (comma >= 0 && comma < bracket)) {
            return comma < 0 ? nodes : nodes.substring(0, comma);
        }
        int end = bracket + 1;
        while (end < nodes.length() && Character.isDigit(nodes.charAt(end))) {
            end++;
        }
        int closing = nodes.indexOf(']', bracket);
        int after = closing + 1;
        while (after > 0 && after < nodes.length() && nodes.charAt(after) != ',') {
            after++;
        }
        return nodes.substring(0, bracket)
                + nodes.substring(bracket + 1, end)
                + (closing < 0 ? "" : nodes.substring(closing + 1, after));
    }

    /** {@return whether all processes are on this machine} */
    public boolean isOneMachine() {
        return localSize == size;
    }

    /** {@return whether this is the process that writes and tells} */
    public boolean isFirst() {
        return index == 0;
    }

    /** Of the environment, with errors that name them. */
    private record Variables(Map<String, String> all) {
        boolean has(String name) {
            return text(name).isPresent();
        }

        Optional<String> text(String name) {
            return Optional.ofNullable(all.get(name)).map(String::strip).filter(value -> !value.isEmpty());
        }

        int number(String name, int otherwise) {
            return has(name) ? number(name) : otherwise;
        }

        int number(String name) {
            String value = text(name).orElse("");
            try {
                return Integer.parseInt(value);
            } catch (NumberFormatException e) {
                throw new ElasticVisionException(
                        "the environment variable " + name + " is '" + value + "', which is not a whole number", e);
            }
        }
    }
}
