package org.elasticvision.train.distributed;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RankTest {
    private static Optional<Rank> of(String... variables) {
        return Rank.of(Arrays.stream(variables)
                .map(one -> one.split("=", 2))
                .collect(Collectors.toMap(one -> one[0], one -> one[1])));
    }

    @Test
    void readsWhatTorchrunSays() {
        assertThat(of(
                        "RANK=3",
                        "WORLD_SIZE=4",
                        "LOCAL_RANK=1",
                        "LOCAL_WORLD_SIZE=2",
                        "MASTER_ADDR=10.0.0.7",
                        "MASTER_PORT=29511",
                        "TORCHELASTIC_USE_AGENT_STORE=True",
                        "TORCHELASTIC_RUN_ID=job7",
                        "TORCHELASTIC_RESTART_COUNT=2"))
                .contains(new Rank(3, 4, 1, 2, "10.0.0.7", 29511, Optional.of("job7/2")));
    }

    /** One process in each pod. */
    @Test
    void readsWhatAPyTorchJobSays() {
        assertThat(of("RANK=1", "WORLD_SIZE=2", "MASTER_ADDR=run-master-0", "MASTER_PORT=23456"))
                .contains(new Rank(1, 2, 0, 1, "run-master-0", 23456, Optional.empty()));
    }

    @Test
    void readsWhatSlurmSays() {
        assertThat(of(
                        "SLURM_PROCID=5",
                        "SLURM_STEP_NUM_TASKS=8",
                        "SLURM_LOCALID=1",
                        "SLURM_STEP_TASKS_PER_NODE=4(x2)",
                        "SLURM_STEP_NODELIST=gpu[07-08]",
                        "SLURM_JOB_ID=1234567"))
                .contains(new Rank(5, 8, 1, 4, "gpu07", 24567, Optional.empty()));
    }

    /** A batch script outside of srun is one process, however many tasks the job may start. */
    @Test
    void aBatchScriptIsNoRank() {
        assertThat(of("SLURM_PROCID=0", "SLURM_NTASKS=8", "SLURM_NODELIST=gpu1"))
                .isEmpty();
        assertThat(of("SLURM_PROCID=0", "SLURM_STEP_NUM_TASKS=1")).isEmpty();
    }

    @Test
    void readsWhatOpenMpiSays() {
        Rank rank = of(
                        "OMPI_COMM_WORLD_RANK=1",
                        "OMPI_COMM_WORLD_SIZE=2",
                        "OMPI_COMM_WORLD_LOCAL_RANK=1",
                        "OMPI_COMM_WORLD_LOCAL_SIZE=2",
                        "PMIX_NAMESPACE=1234")
                .orElseThrow();
        assertThat(rank.address()).isEqualTo("127.0.0.1");
        assertThat(rank.isOneMachine()).isTrue();
        assertThat(rank.port()).isBetween(20_000, 29_999);
    }

    @Test
    void openMpiOnSeveralMachinesMustSayWhichIsTheFirst() {
        String[] variables = {"OMPI_COMM_WORLD_RANK=1", "OMPI_COMM_WORLD_SIZE=2", "OMPI_COMM_WORLD_LOCAL_SIZE=1"};
        assertThatThrownBy(() -> of(variables))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessageContaining("-x MASTER_ADDR=HOST");
    }

    @Test
    void whoTrainsAloneHasNone() {
        assertThat(of()).isEmpty();
        assertThat(of("RANK=0", "WORLD_SIZE=1")).isEmpty();
        assertThat(of("RANK=0")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RANK=0 WORLD_SIZE=2", // no address
                "RANK=2 WORLD_SIZE=2 MASTER_ADDR=a",
                "RANK=one WORLD_SIZE=2 MASTER_ADDR=a",
                "RANK=1 WORLD_SIZE=2 MASTER_ADDR=a MASTER_PORT=70000",
                "RANK=1 WORLD_SIZE=2 MASTER_ADDR=a MASTER_PORT=http"
            })
    void refusesWhatContradictsItself(String variables) {
        assertThatThrownBy(() -> of(variables.split(" ", -1))).isInstanceOf(ElasticVisionException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "node7; node7",
                "node7,node9; node7",
                "node[003-006,010],gpu1; node003",
                "gpu1,node[003-006]; gpu1",
                "rack2-node[1,3].cluster,rack3; rack2-node1.cluster"
            })
    void takesTheFirstOfSlurmsMachines(String nodes, String first) {
        assertThat(Rank.firstOf(nodes)).isEqualTo(first);
    }

    @Test
    void isReadBackFromItsEnvironment() {
        Rank rank = Rank.onThisMachine(1, 3, 12345);
        Map<String, String> environment = rank.toEnvironment();
        assertThat(Rank.of(environment)).contains(rank);
    }
}
