package io.github.redislua.samples.cookbook.leaderboards;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.github.redislua.LuaScriptExecutionException;
import io.github.redislua.LuaScripts;
import io.github.redislua.samples.cookbook.leaderboards.Leaderboards.Change;
import io.github.redislua.samples.cookbook.leaderboards.Leaderboards.Place;
import io.github.redislua.samples.cookbook.leaderboards.Leaderboards.Standing;
import io.github.redislua.samples.cookbook.leaderboards.Leaderboards.Stats;
import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LuaScriptTest;

import static io.github.redislua.test.LuaScriptAssertions.assertThatScripts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@LuaScriptTest
class LeaderboardsTests {

	@Autowired
	private Leaderboards leaderboards;

	@Autowired
	private LocalRedis redis;

	@BeforeEach
	void clean() {
		this.redis.execute("FLUSHALL");
	}

	@Test
	void theFirstScoreIsTheBest() {
		assertThat(this.leaderboards.submit("chess", "ada", 10.5))
			.isEqualTo(new Standing(true, 1, 1, Map.of("ada", 10.5)));
	}

	@Test
	void aSubmittedScoreTellsRankPlayersAndTheBestThree() {
		for (String player : List.of("ada", "bob", "cyd", "dan")) {
			this.leaderboards.submit("chess", player, player.charAt(0));
		}
		Standing standing = this.leaderboards.submit("chess", "eve", 98.25);
		assertThat(standing.improved()).isTrue();
		assertThat(standing.rank()).isEqualTo(3);
		assertThat(standing.players()).isEqualTo(5);
		assertThat(standing.top()).containsExactly(Map.entry("dan", 100.0), Map.entry("cyd", 99.0),
				Map.entry("eve", 98.25));
	}

	@Test
	void aLowerScoreDoesNotCount() {
		this.leaderboards.submit("chess", "ada", 10.5);
		Standing standing = this.leaderboards.submit("chess", "ada", 10.25);
		assertThat(standing.improved()).isFalse();
		assertThat(this.leaderboards.stats("chess", "ada")).contains(new Stats(10.5, 1, 1));
	}

	@Test
	void aScoreIsSetOrAddedTo() {
		assertThat(this.leaderboards.change("chess", "ada", Change.ADD, 1.5)).isEqualTo(1.5);
		assertThat(this.leaderboards.change("chess", "ada", Change.ADD, 0.25)).isEqualTo(1.75);
		assertThat(this.leaderboards.change("chess", "ada", Change.SET, 0.125)).isEqualTo(0.125);
	}

	@Test
	void whatIsNoNumberIsRefused() {
		this.leaderboards.change("chess", "ada", Change.SET, 1.5);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.leaderboards.change("chess", "ada", Change.SET, Double.NaN))
			.withMessageContaining("Nothing was sent");
		assertThat(this.leaderboards.stats("chess", "ada")).contains(new Stats(1.5, 1, 1));
	}

	@Test
	void aPlayerWhoIsNotThereHasNoStats() {
		this.leaderboards.submit("chess", "ada", 1);
		assertThat(this.leaderboards.stats("chess", "bob")).isEmpty();
		assertThat(this.leaderboards.stats("go", "ada")).isEmpty();
	}

	@Test
	void theBestPlayersComeAsRecords() {
		this.leaderboards.submit("chess", "ada", 0.1);
		this.leaderboards.submit("chess", "bob", 1e17);
		this.leaderboards.submit("chess", "cyd", 2.5);
		assertThat(this.leaderboards.top("chess", 2)).containsExactly(new Place(1, "bob", 1e17),
				new Place(2, "cyd", 2.5));
		assertThat(this.leaderboards.top("chess", 10)).hasSize(3).endsWith(new Place(3, "ada", 0.1));
		assertThat(this.leaderboards.top("chess", 0)).isEmpty();
		assertThat(this.leaderboards.top("go", 10)).isEmpty();
	}

	@Test
	void nobodyReadsAWholeBoard() {
		assertThat(this.leaderboards.top("chess", 1000)).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> this.leaderboards.top("chess", 1001))
			.withMessageContaining("a thousand players");
	}

	@Test
	void aChangeThatTheScriptDoesNotKnowChangesNothing(@Autowired LuaScripts scripts) {
		this.leaderboards.change("chess", "ada", Change.SET, 1.5);
		assertThatExceptionOfType(LuaScriptExecutionException.class)
			.isThrownBy(() -> scripts.execute("leaderboards/change", String.class,
					List.of("cookbook:leaderboard:chess"), "ada", "DOUBLE", "2"))
			.withMessageContaining("neither SET nor ADD");
		assertThat(this.leaderboards.stats("chess", "ada")).contains(new Stats(1.5, 1, 1));
	}

	@Test
	void fitsItsScripts() {
		assertThatScripts(Leaderboards.class).fitsItsScriptsWithoutWarnings();
	}

}
