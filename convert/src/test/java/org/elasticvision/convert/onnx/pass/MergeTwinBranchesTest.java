package org.elasticvision.convert.onnx.pass;

import java.nio.file.Path;
import org.elasticvision.convert.onnx.graph.Graph;
import org.elasticvision.convert.onnx.graph.OpType;
import org.elasticvision.convert.onnx.pass.SmallGraph.Conv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class MergeTwinBranchesTest {
    private static final Conv FIRST = new Conv(8, 4, 1).biased();
    private static final Conv SECOND = new Conv(4, 4, 3).groups(2).biased();
    private static final Conv THIRD = new Conv(4, 8, 1);

    @TempDir
    Path folder;

    @Test
    void twinsBecomeOneOfTwiceTheGroups() {
        SmallGraph small = new SmallGraph();
        small.add("y", branch(small, "a", "x", SECOND, THIRD.biased()), branch(small, "b", "x", SECOND, THIRD));
        small.rewrite(new MergeTwinBranches(), folder);
        Graph graph = small.graph();
        assertThat(graph.nodes()).hasSize(5);
        assertThat(graph.producer("a2").orElseThrow().integer("group", 1)).isEqualTo(4);
        assertThat(graph.weights("a1.weight").shape()).containsExactly(8L, 8L, 1L, 1L);
        assertThat(graph.weights("a2.weight").shape()).containsExactly(8L, 2L, 3L, 3L);
        assertThat(graph.weights("a3.weight").shape()).containsExactly(8L, 8L, 1L, 1L);
    }

    @Test
    void biasesOfTheLastConvolutionsAreSummedAndThoseOfTheOthersJoined() {
        SmallGraph small = new SmallGraph();
        String left = branch(small, "a", "x", SECOND, THIRD.biased());
        small.add("sum", left, branch(small, "b", "x", SECOND, THIRD.biased()));
        small.relu("y", "sum");
        small.rewrite(new MergeTwinBranches(), folder);
        assertThat(small.graph().nodes()).hasSize(6);
        assertThat(small.graph().weights("a1.bias").shape()).containsExactly(8L);
        assertThat(small.graph().weights("a3.bias").shape()).containsExactly(8L);
    }

    @Test
    void stridesAreKept() {
        SmallGraph small = new SmallGraph(8, 3, 3);
        Conv strided = SECOND.stride(2);
        small.add("y", branch(small, "a", "x", strided, THIRD), branch(small, "b", "x", strided, THIRD));
        small.rewrite(new MergeTwinBranches(), folder);
        assertThat(small.graph().nodes(OpType.CONV)).hasSize(3);
    }

    @Test
    void blocksInARow() {
        SmallGraph small = new SmallGraph();
        String sum = small.add("sum", branch(small, "a", "x", SECOND, THIRD), branch(small, "b", "x", SECOND, THIRD));
        small.add("y", branch(small, "c", sum, SECOND, THIRD), branch(small, "d", sum, SECOND, THIRD));
        small.rewrite(new MergeTwinBranches(), folder);
        assertThat(small.graph().nodes(OpType.CONV)).hasSize(6);
        assertThat(small.graph().nodes(OpType.ADD)).isEmpty();
    }

    @Test
    void notWhereTheySeeDifferentInputs() {
        SmallGraph small = new SmallGraph();
        String other = small.relu("other", "x");
        small.add("y", branch(small, "a", "x", SECOND, THIRD), branch(small, "b", other, SECOND, THIRD));
        small.keep(new MergeTwinBranches(), folder);
    }

    @Test
    void notWhereOneWorksAtAnotherResolution() {
        SmallGraph small = new SmallGraph();
        String half = small.averagePool("pool", "x", 2);
        String low = small.upsample("up", branch(small, "b", half, SECOND, THIRD));
        small.add("y", branch(small, "a", "x", SECOND, THIRD), low);
        small.keep(new MergeTwinBranches(), folder);
    }

    @Test
    void notWhereStridesDifferThoughTheSizesDoNot() {
        SmallGraph small = new SmallGraph(8, 1, 1);
        // 6 pixels to 1 by a stride of 6 and of 7
        String left = branch(small, "a", "x", SECOND.stride(6), THIRD);
        small.add("y", left, branch(small, "b", "x", SECOND.stride(7), THIRD));
        small.keep(new MergeTwinBranches(), folder);
    }

    @Test
    void notWhereGroupsDiffer() {
        SmallGraph small = new SmallGraph();
        String left = branch(small, "a", "x", SECOND, THIRD);
        small.add("y", left, branch(small, "b", "x", SECOND.groups(4), THIRD));
        small.keep(new MergeTwinBranches(), folder);
    }

    @Test
    void notWhereWidthsDifferAndTheGroupSizeTheMore() {
        SmallGraph small = new SmallGraph();
        String wide = small.relu("b1.relu", small.conv("b1", "x", new Conv(8, 8, 1).biased()));
        wide = small.relu(
                "b2.relu", small.conv("b2", wide, new Conv(8, 8, 3).groups(2).biased()));
        wide = small.conv("b3", wide, new Conv(8, 8, 1));
        small.add("y", branch(small, "a", "x", SECOND, THIRD), wide);
        small.keep(new MergeTwinBranches(), folder);
    }

    @Test
    void notWhereOneIsSpreadOverTheChannelsOfTheOther() {
        SmallGraph small = new SmallGraph();
        String left = branch(small, "a", "x", SECOND, THIRD);
        small.add("y", left, branch(small, "b", "x", SECOND, new Conv(4, 1, 1)));
        small.keep(new MergeTwinBranches(), folder);
    }

    @Test
    void notWhereALastConvolutionSeesNeighbours() {
        SmallGraph small = new SmallGraph();
        Conv wide = new Conv(4, 8, 3);
        small.add("y", branch(small, "a", "x", SECOND, wide), branch(small, "b", "x", SECOND, wide));
        small.keep(new MergeTwinBranches(), folder);
    }

    @Test
    void notWhereAnInnerValueIsUsedElsewhere() {
        SmallGraph small = new SmallGraph(12, 6, 6);
        String sum = small.add("sum", branch(small, "a", "x", SECOND, THIRD), branch(small, "b", "x", SECOND, THIRD));
        small.concat("y", sum, "b1.relu");
        small.keep(new MergeTwinBranches(), folder);
    }

    @Test
    void notWhereABranchIsTheOutput() {
        SmallGraph small = new SmallGraph();
        String left = branch(small, "a", "x", SECOND, THIRD);
        String right = small.relu("b1.relu", small.conv("b1", "x", FIRST));
        right = small.conv("y", small.relu("b2.relu", small.conv("b2", right, SECOND)), THIRD);
        small.add("unused", left, right);
        small.keep(new MergeTwinBranches(), folder);
    }

    @Test
    void notOneBranchTwice() {
        SmallGraph small = new SmallGraph();
        String branch = branch(small, "a", "x", SECOND, THIRD);
        small.add("y", branch, branch);
        small.keep(new MergeTwinBranches(), folder);
    }

    private static String branch(SmallGraph small, String name, String input, Conv second, Conv third) {
        String one = small.relu(name + "1.relu", small.conv(name + "1", input, FIRST));
        String two = small.relu(name + "2.relu", small.conv(name + "2", one, second));
        return small.conv(name + "3", two, third);
    }
}
