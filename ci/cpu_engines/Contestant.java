import java.io.IOException;

/** What runs a network in blocks, by turns with others. */
interface Contestant extends AutoCloseable {
    /** {@return the median milliseconds of some runs} */
    double block(int runs) throws IOException;

    @Override
    void close();
}
