package org.elasticvision.runtime.dataset.listing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** How listings are written, for a file that is known to be whole when it is read. */
final class ListingFormat {
    /** EVL and the version. */
    private static final int FORMAT = 0x45564C01;

    private final String root;

    /** @param root whose listings they are; those of another one are not read */
    ListingFormat(String root) {
        this.root = root;
    }

    void write(List<ClassListing> listings, DataOutputStream out) throws IOException {
        out.writeInt(FORMAT);
        writeText(root, out);
        out.writeInt(listings.size());
        for (ClassListing listing : listings) {
            writeText(listing.name(), out);
            out.writeLong(listing.listed());
            out.writeInt(listing.turned());
            out.writeInt(listing.folders().size());
            for (FolderState folder : listing.folders()) {
                writeText(folder.path(), out);
                out.writeLong(folder.modified());
                out.writeLong(folder.changed());
                out.writeInt(folder.entries());
            }
            out.writeInt(listing.links().size());
            for (LinkState link : listing.links()) {
                writeText(link.path(), out);
                writeText(link.target().name(), out);
            }
            out.writeInt(listing.groups().size());
            for (ClassListing.Group group : listing.groups()) {
                writeText(group.path(), out);
                writeBytes(group.names(), out);
                ByteBuffer ends = ByteBuffer.allocate(Integer.BYTES * group.ends().length);
                ends.asIntBuffer().put(group.ends());
                writeBytes(ends.array(), out);
                writeBytes(group.links().toByteArray(), out);
            }
        }
    }

    /** @throws IOException if it is not such a file, or of another folder */
    List<ClassListing> read(DataInputStream in) throws IOException {
        if (in.readInt() != FORMAT || !readText(in).equals(root)) {
            throw new IOException("not the listing of " + root);
        }
        List<ClassListing> listings = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = readText(in);
            long listed = in.readLong();
            int turned = in.readInt();
            List<FolderState> folders = new ArrayList<>();
            for (int more = in.readInt(); more > 0; more--) {
                folders.add(new FolderState(readText(in), in.readLong(), in.readLong(), in.readInt()));
            }
            List<LinkState> links = new ArrayList<>();
            for (int more = in.readInt(); more > 0; more--) {
                links.add(new LinkState(readText(in), LinkState.Target.valueOf(readText(in))));
            }
            List<ClassListing.Group> groups = new ArrayList<>();
            for (int more = in.readInt(); more > 0; more--) {
                groups.add(new ClassListing.Group(
                        readText(in), readBytes(in), readNumbers(in), BitSet.valueOf(readBytes(in))));
            }
            listings.add(new ClassListing(name, listed, folders, links, groups, List.of(), turned));
        }
        return listings;
    }

    private static int[] readNumbers(DataInputStream in) throws IOException {
        IntBuffer numbers = ByteBuffer.wrap(readBytes(in)).asIntBuffer();
        int[] read = new int[numbers.remaining()];
        numbers.get(read);
        return read;
    }

    private static void writeText(String text, DataOutputStream out) throws IOException {
        writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static void writeBytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }
}
