package org.elasticvision.runtime.io;

/** Text inside a page. */
public final class HtmlText {
    private HtmlText() {}

    /** {@return text that a browser shows as it is, also within quoted attributes} */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
