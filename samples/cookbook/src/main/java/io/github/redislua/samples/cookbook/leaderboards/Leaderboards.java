package io.github.redislua.samples.cookbook.leaderboards;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.redislua.annotation.LuaError;
import io.github.redislua.annotation.LuaRepository;
import io.github.redislua.annotation.LuaScript;

@LuaRepository(path = "leaderboards", keyPrefix = "cookbook:")
public interface Leaderboards {

	@LuaScript(keys = "leaderboard:#board")
	Standing submit(String board, String player, double score);

	@LuaScript(keys = "leaderboard:#board")
	double change(String board, String player, Change change, double score);

	@LuaScript(keys = "leaderboard:#board", readOnly = true)
	Optional<Stats> stats(String board, String player);

	@LuaScript(keys = "leaderboard:#board", readOnly = true,
			errors = @LuaError(code = "TOO_MANY", exception = IllegalArgumentException.class))
	List<Place> top(String board, int count);

	/**
	 * Where a player is after a game.
	 *
	 * @param improved whether it was the player's best score
	 * @param rank the rank from 1
	 * @param players how many players there are
	 * @param top the scores of the best three, the best one first
	 */
	record Standing(boolean improved, long rank, long players, Map<String, Double> top) {
	}

	record Stats(double score, long rank, long players) {
	}

	record Place(long rank, String player, double score) {
	}

	enum Change {

		/**
		 * The score is the new one.
		 */
		SET,

		/**
		 * The score is added to the one that there is.
		 */
		ADD

	}

}
