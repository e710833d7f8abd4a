package org.elasticvision.runtime.engine.tiny;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.elasticvision.runtime.Classifier;
import org.elasticvision.runtime.ModelOptions;
import org.elasticvision.runtime.TestModels;
import org.elasticvision.runtime.answer.Classification;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.cli.Elastic;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import org.elasticvision.runtime.engine.Engine;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.EngineProvider;
import org.elasticvision.runtime.engine.NodeTime;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.model.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** An engine that a service file names is found by the API and by every command; nothing in the library knows of it. */
class ThirdEngineTest {
    private static final float[] WEIGHTS = {10, 0, 0, -1, 0, 10, 0, -1, 0, 0, 10, -1};

    @TempDir
    Path folder;

    private Path services;
    private Path model;
    private Path photo;
    private ClassLoader before;

    /** A jar of its own, as far as Java can tell. */
    @BeforeEach
    void anEngineOnTheClassPath() throws IOException {
        services = Files.createDirectories(folder.resolve("jar"));
        Path file = services.resolve("META-INF/services").resolve(EngineProvider.class.getName());
        Files.createDirectories(file.getParent());
        Files.writeString(file, TinyEngineProvider.class.getName() + "\n");
        before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread()
                .setContextClassLoader(
                        new URLClassLoader(new URL[] {services.toUri().toURL()}, before));
        model = folder.resolve("colors.tiny");
        TinyEngine.write(
                model,
                4,
                WEIGHTS,
                TestModels.info(Task.CLASSIFICATION, TestModels.cropTo(4)).toMetadata());
        photo = folder.resolve("green.png");
        ImageIO.write(TestModels.plain(8, 8, 0x00ff00), "png", photo.toFile());
    }

    @AfterEach
    void asBefore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    private record Run(int exitCode, String out, String err) {}

    private static Run elastic(Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = ElasticCommandLine.create()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(List.of(words).stream().map(String::valueOf).toArray(String[]::new));
        return new Run(exitCode, out.toString(), err.toString());
    }

    @Test
    void answersAsOnnxRuntimeDoes() {
        Path onnx = TestModels.classifier(folder, -1);
        try (Classifier tiny = Classifier.open(model, ModelOptions.defaults());
                Classifier other = Classifier.open(onnx, ModelOptions.defaults())) {
            Classification answer = tiny.predict(ImageSource.of(photo));
            assertThat(answer.best().label().name()).isEqualTo("green");
            assertThat(answer.best().probability())
                    .isCloseTo(other.predict(ImageSource.of(photo)).best().probability(), within(1e-5));
        }
    }

    @Test
    void predict() {
        Run run = elastic("predict", model, photo);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("green");
    }

    @Test
    void inspect() {
        Run run = elastic("inspect", model);
        assertThat(run.out()).contains("colors.tiny", "classification, 3 classes", "[N, 3, 4, 4]");
    }

    @Test
    void benchmark() {
        Run run = elastic("benchmark", model, "--duration", "200ms", "--warmup", "1ms", "--json");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("\"tiny\":\"7.5\"").doesNotContain("onnxRuntime");
    }

    @Test
    void doctor() {
        Run run = elastic("doctor");
        assertThat(run.out().lines()).anyMatch(line -> line.matches("Tiny +ok +7\\.5.*"));
    }

    @Test
    void optionsThatMeanNothingToItAreRefused() {
        assertThat(elastic("predict", model, photo, "--provider", "cpu").err())
                .contains("--provider does not change what runs a Tiny engine, which is Tiny; leave it out");
        assertThat(elastic("predict", model, photo, "--gpu", "0").err()).contains("--gpu is for --provider cuda or");
        assertThat(elastic("predict", model, photo, "--no-cache").err())
                .contains("--no-cache is about models that are kept optimised, which Tiny does not do");
    }

    @Test
    void whatItDoesNotDoIsSaid() {
        assertThatThrownBy(() -> NodeTime.of(model, Provider.CPU))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("runs in Tiny, which cannot be measured node by node here");
    }

    @Test
    void withoutItsServiceFileItIsNotKnown() {
        Thread.currentThread().setContextClassLoader(before);
        assertThatThrownBy(() -> Engine.open(model, EngineOptions.defaults()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is not an ONNX model, or is damaged or cut off");
    }

    @Test
    void inAProcessOfItsOwn() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path") + System.getProperty("path.separator") + services,
                        Elastic.class.getName(),
                        "predict",
                        model.toString(),
                        photo.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed).contains("green");
    }
}
