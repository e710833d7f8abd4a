package org.elasticvision.train.distributed;

import java.util.Arrays;

/**
 * The processes that train one network. Each call is made by all of them, in the same order, and returns when the last one has made it.
 * Not thread-safe.
 */
public interface ProcessGroup extends AutoCloseable {
    /** {@return the number of this process, from 0} */
    int rank();

    /** {@return how many there are} */
    int size();

    /**
     * {@return sums over all processes, the same bit for bit in each}
     *
     * @param values this process's, as many as the others'
     * @throws RankLostException if another process does not take part any more
     */
    double[] sum(double... values);

    /**
     * {@return the values of all processes, one after the other}
     *
     * @param values this process's, more or fewer than the others'
     * @throws RankLostException if another process does not take part any more
     */
    default double[][] gather(double... values) {
        double[] own = new double[size()];
        own[rank()] = values.length;
        int[] begins = new int[size() + 1];
        double[] lengths = sum(own);
        for (int rank = 0; rank < lengths.length; rank++) {
            begins[rank + 1] = Math.addExact(begins[rank], (int) lengths[rank]);
        }
        double[] all = new double[begins[size()]];
        System.arraycopy(values, 0, all, begins[rank()], values.length);
        double[] sums = sum(all);
        double[][] ofRanks = new double[size()][];
        for (int rank = 0; rank < ofRanks.length; rank++) {
            ofRanks[rank] = Arrays.copyOfRange(sums, begins[rank], begins[rank + 1]);
        }
        return ofRanks;
    }

    /**
     * {@return what the first process has}
     *
     * @param value of this process
     * @throws RankLostException if another process does not take part any more
     */
    String first(String value);

    /** {@return whether this process is the one that writes and tells} */
    default boolean isFirst() {
        return rank() == 0;
    }

    /** {@return whether there are others} */
    default boolean isShared() {
        return size() > 1;
    }

    /** Leaves the others. */
    @Override
    void close();

    /** {@return a process that trains by itself} */
    static ProcessGroup alone() {
        return new ProcessGroup() {
            @Override
            public int rank() {
                return 0;
            }

            @Override
            public int size() {
                return 1;
            }

            @Override
            public double[] sum(double... values) {
                return Arrays.copyOf(values, values.length);
            }

            @Override
            public String first(String value) {
                return value;
            }

            @Override
            public void close() {
                // nobody is left
            }
        };
    }
}
