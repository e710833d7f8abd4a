package org.elasticvision.convert.checkpoint.file;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Says of a file that is text what kind of text it is. */
final class TextHead {
    private static final int SHOWN = 40;
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    /** How a pickle of protocol 0 begins: an instruction and a line, or a mark and an instruction. */
    private static final String PICKLE_0 = "(?s)(\\((dp|lp)\\d+\\n|c[A-Za-z_][\\w.]*\\n[A-Za-z_]\\w*\\n).*";

    private TextHead() {}

    /** What is wrong with the file; null if it is not text. */
    static String of(String head) {
        String bytes = head.startsWith(BYTE_ORDER_MARK) ? head.substring(BYTE_ORDER_MARK.length()) : head;
        String text = utf16(bytes);
        if (!text.chars().limit(SHOWN).allMatch(TextHead::isText)) {
            return null;
        }
        if (text.matches(PICKLE_0)) {
            return "a Python pickle of protocol 0, not a file of torch.save; save model.state_dict() with torch.save";
        }
        String first = text.strip().lines().findFirst().orElse("");
        String shown = first.length() > SHOWN ? first.substring(0, SHOWN) + "…" : first;
        String start = text.strip().toLowerCase(Locale.ROOT);
        if (start.startsWith("<!doctype html") || start.startsWith("<html") || start.startsWith("<head")) {
            return "a web page (HTML), not a PyTorch file (text that begins with '" + shown
                    + "'), as a server answers that wants a login or has no such file; download it again";
        }
        if (start.startsWith("<?xml")) {
            return "an XML text, not a PyTorch file (it begins with '" + shown
                    + "'), as a server answers that refuses a download; download it again";
        }
        if (text.contains("\"weight_map\"") || (start.startsWith("{") && text.contains("\"total_size\""))) {
            return "a JSON index of a checkpoint in several parts, text without weights; join the parts in Python and"
                    + " save them with torch.save, or give the file if there is only one";
        }
        if (start.startsWith("{") || start.startsWith("[")) {
            return "JSON text, not a PyTorch file (it begins with '" + shown
                    + "'); give the file that torch.save wrote";
        }
        return "text, not a PyTorch file (it begins with '" + shown + "'); download it again";
    }

    /** Windows tools write text of two bytes per character, behind a mark. */
    private static String utf16(String bytes) {
        boolean little = bytes.startsWith("\u00ff\u00fe");
        boolean big = bytes.startsWith("\u00fe\u00ff");
        if ((!little && !big) || bytes.length() < 4 || bytes.charAt(little ? 3 : 2) != 0) {
            return bytes;
        }
        byte[] raw = bytes.getBytes(StandardCharsets.ISO_8859_1);
        return new String(raw, 2, raw.length - 2, little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
    }

    private static boolean isText(int c) {
        return (c >= ' ' && c < 0x7f) || c == '\n' || c == '\r' || c == '\t';
    }
}
