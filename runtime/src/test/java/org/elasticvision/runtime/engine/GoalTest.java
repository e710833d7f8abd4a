package org.elasticvision.runtime.engine;

import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.runtime.cpu.PhysicalCores;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GoalTest {
    private static final EngineOptions LATENCY = EngineOptions.defaults();
    private static final EngineOptions THROUGHPUT = LATENCY.withGoal(Goal.THROUGHPUT);

    @Test
    void oneCallerGetsEveryCoreAndManyGetOneEach() {
        int cores = PhysicalCores.count();
        assertThat(LATENCY.goal()).isEqualTo(Goal.LATENCY);
        assertThat(LATENCY.effectiveThreads()).isEqualTo(cores);
        assertThat(LATENCY.callers()).isEqualTo(1);
        assertThat(THROUGHPUT.effectiveThreads()).isEqualTo(1);
        assertThat(THROUGHPUT.callers()).isEqualTo(cores);
    }

    @Test
    void aNumberOfThreadsCountsMoreThanTheGoal() {
        assertThat(THROUGHPUT.withThreads(3).effectiveThreads()).isEqualTo(3);
        assertThat(THROUGHPUT
                        .withThreads(3)
                        .withGpu(1)
                        .withProvider(Provider.CUDA)
                        .goal())
                .isEqualTo(Goal.THROUGHPUT);
    }

    @Test
    void callersShareThreads() {
        EngineOptions shared = ModelOptions.defaults().forCallers(3, 8).engine();
        assertThat(shared.threads()).isEqualTo(2);
        assertThat(shared.goal()).isEqualTo(Goal.THROUGHPUT);
        assertThat(ModelOptions.defaults().forCallers(8, 3).engine().threads()).isEqualTo(1);
        EngineOptions alone = ModelOptions.defaults().forCallers(1, 8).engine();
        assertThat(alone.threads()).isEqualTo(8);
        assertThat(alone.goal()).isEqualTo(Goal.LATENCY);
    }

    @Test
    void hasAWord() {
        assertThat(Goal.of("Throughput")).isEqualTo(Goal.THROUGHPUT);
        assertThat(Goal.LATENCY).hasToString("latency");
        assertThatThrownBy(() -> Goal.of("fast"))
                .isInstanceOf(ElasticVisionException.class)
                .hasMessage("'fast' is not latency or throughput");
    }
}
