package org.elasticvision.train.torch.group;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.Optional;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.train.distributed.Rank;

/** At which address of this machine the other ranks can reach this one. */
final class OwnAddress {
    private static final String THIS_MACHINE = "127.0.0.1";

    private OwnAddress() {}

    /**
     * The one from which packets go to the first rank; of the first rank's machine itself, which may know its own name as a loopback
     * address, else that of its first interface.
     */
    static String towards(Rank rank) {
        if (rank.isOneMachine()) {
            return THIS_MACHINE;
        }
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(rank.address(), rank.port())); // sends nothing
            InetAddress own = socket.getLocalAddress();
            return own.isLoopbackAddress() ? firstOfInterfaces().orElse(own.getHostAddress()) : own.getHostAddress();
        } catch (IOException | RuntimeException e) {
            throw new ElasticVisionException(
                    "rank 0's machine, " + rank.address() + ", cannot be reached: " + e.getMessage()
                            + "; set MASTER_ADDR to its name or address, and GLOO_SOCKET_IFNAME to the network interface"
                            + " if there are several",
                    e);
        }
    }

    private static Optional<String> firstOfInterfaces() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
    }
}
