package org.elasticvision.samples.serve;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Debian's Chromium, headless. Nothing is downloaded for it. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    /** It warns of every Chromium that is newer than itself. Kept, as a logger that nobody holds forgets its level. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    static boolean isInstalled() {
        return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    }

    static Browser start(Path profile) {
        SELENIUM.setLevel(Level.SEVERE);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(DRIVER.toString()))
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    void open(int port) {
        driver.get("http://localhost:" + port + "/");
        await("the list of models", () -> !(Boolean) script("return document.querySelector('#model').value === ''"));
    }

    /** The page's width and height in CSS pixels, and whether it is dark. */
    void view(int width, int height, boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Drops a file on the page, as a person does with the mouse. */
    void drop(byte[] file, String name, String type) {
        script(
                """
                const bytes = Uint8Array.from(atob(arguments[0]), c => c.charCodeAt(0));
                const data = new DataTransfer();
                data.items.add(new File([bytes], arguments[1], { type: arguments[2] }));
                for (const kind of ['dragover', 'drop']) {
                  document.getElementById('drop').dispatchEvent(
                    new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
                }
                """,
                Base64.getEncoder().encodeToString(file),
                name,
                type);
    }

    void choose(Path file) {
        find("#file").sendKeys(file.toAbsolutePath().toString());
    }

    void select(String model) {
        script(
                "const s = document.querySelector('#model'); s.value = arguments[0]; s.dispatchEvent(new Event('change'))",
                model);
    }

    void slide(int opacity) {
        script(
                "const s = document.querySelector('#opacity'); s.value = arguments[0]; s.dispatchEvent(new Event('input'))",
                opacity);
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<String> texts(String selector) {
        return driver.findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    /** A pixel of the canvas: red, green, blue, alpha. */
    @SuppressWarnings("unchecked")
    List<Long> pixel(int x, int y) {
        return (List<Long>) script(
                "return [...document.querySelector('#canvas').getContext('2d').getImageData(arguments[0], arguments[1], 1, 1).data]",
                x,
                y);
    }

    Object script(String code, Object... arguments) {
        return driver.executeScript(code, arguments);
    }

    void awaitText(String selector, String text) {
        await("'" + text + "' in " + selector, () -> find(selector).getText().contains(text));
    }

    void await(String what, BooleanSupplier condition) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> what + "; the page says: " + find("body").getText())
                .until(any -> condition.getAsBoolean());
    }

    /** Keeps what is seen, as {@code target/screenshots/NAME.png}. */
    void screenshot(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** What went wrong in the page's scripts, and what it could not load, since this was asked last. */
    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .filter(entry -> entry.getLevel().equals(Level.SEVERE))
                .map(LogEntry::getMessage)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
