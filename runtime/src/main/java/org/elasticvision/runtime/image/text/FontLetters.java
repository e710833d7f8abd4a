package org.elasticvision.runtime.image.text;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Java's sans-serif font. */
final class FontLetters implements Letters {

    @Override
    public int width(String text, int size) {
        Graphics2D graphics = graphics(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), size);
        try {
            return graphics.getFontMetrics().stringWidth(text);
        } finally {
            graphics.dispose();
        }
    }

    @Override
    public TextMask draw(String text, int size) {
        int width = Math.max(1, width(text, size));
        BufferedImage image = new BufferedImage(width, Letters.line(size), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = graphics(image, size);
        try {
            graphics.setColor(Color.WHITE);
            graphics.drawString(text, 0, Letters.baseline(size));
        } finally {
            graphics.dispose();
        }
        byte[] ink = new byte[width * image.getHeight()];
        for (int i = 0; i < ink.length; i++) {
            ink[i] = (byte) image.getRGB(i % width, i / width); // blue, as each of the three
        }
        return new TextMask(width, image.getHeight(), ink);
    }

    private static Graphics2D graphics(BufferedImage image, int size) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
        return graphics;
    }
}
