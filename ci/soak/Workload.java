import java.util.List;
import java.util.function.BooleanSupplier;

/** Work that is done over and over, in units that are counted. */
interface Workload extends AutoCloseable {
    /**
     * Works until so many units are done in all or it is late, and comes to rest.
     *
     * @return how many are done in all
     */
    long work(long units, BooleanSupplier late) throws Exception;

    /** {@return what the process holds that does the work} */
    default Gauges gauges() throws Exception {
        return Gauges.ofThisProcess();
    }

    /** {@return how much more of each gauge than after the first quarter is not a leak} */
    default List<Double> most() {
        return Gauges.MOST;
    }

    /** {@return what was met, in words} */
    String met();
}
